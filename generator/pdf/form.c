#include "pdf/writer.h"
void form_widget(struct pdf *p, size_t page, const struct item *it, uint64_t seq) { (void)p, (void)page, (void)it, (void)seq; }
void form_write(struct pdf *p) { (void)p; }
