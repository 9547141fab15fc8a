/* Fields of PDFs and data of forms that anyone may have made: the walk over libqpdf's objects, JSON into values, lock files. */
#include "base/file.h"
#include "form/form.h"
#include "form/scan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct form_choice choices[] = {{{"a", 1}, {"A", 1}}, {{"b", 1}, {"B", 1}}};
    struct arena a = {0};
    struct buf out = {0};
    struct diag *d = diag_new(DIAG_EN);
    struct str in = {(const char *)data, size};
    struct form_def f = {.code = STR("F8"), .version = 3};
    *vec_push(&a, &f.keys) = (struct form_key){.name = STR("kome"), .type = FIELD_TEXT};
    *vec_push(&a, &f.keys) = (struct form_key){.name = STR("m"), .type = FIELD_MANY, .choices = choices, .n_choices = 2};
    *vec_push(&a, &f.keys) = (struct form_key){.name = STR("n"), .table = STR("t"), .rows = 3, .type = FIELD_NUMBER};
    struct form_record r = {"f.pdf", &f, map_new(&a)};
    if (form_data_read(&a, &f, in, "f.json", d, &r.values)) {
        form_records_csv(&out, &a, &r, 1);
        form_records_json(&out, &r, 1);
    }
    buf_reset(&out);
    if (size > 4 && !memcmp(data, "%PDF", 4)) scan_here(in, &out);
    buf_close(&out);
    diag_close(d);
    arena_close(&a);
    return 0;
}
