/* longhand.h: the parsers that properties.def names; see longhand.c, content.c. */
#ifndef LETAK_CSS_LONGHAND_H
#define LETAK_CSS_LONGHAND_H
#include "css/value.h"

#define PARSER(name) bool name(struct ctx *x, void *field, const char *arg, struct cvs *v)
PARSER(p_enum);
PARSER(p_align);
PARSER(p_display);
PARSER(p_len);
PARSER(p_abs);
PARSER(p_color);
PARSER(p_text_color);
PARSER(p_font_size);
PARSER(p_line_height);
PARSER(p_families);
PARSER(p_weight);
PARSER(p_font_style);
PARSER(p_numeric);
PARSER(p_features);
PARSER(p_tab);
PARSER(p_count);
PARSER(p_initial);
PARSER(p_hanging);
PARSER(p_tracking);
PARSER(p_int);
PARSER(p_limit_chars);
PARSER(p_limit_lines);
PARSER(p_z);
PARSER(p_list_type);
PARSER(p_url);
PARSER(p_spacing);
PARSER(p_quotes);
PARSER(p_name);
PARSER(p_page);
PARSER(p_string);
PARSER(p_position);
PARSER(p_overflow);
PARSER(p_radius);
PARSER(p_place);
PARSER(p_bg_size);
PARSER(p_valign);
PARSER(p_decoration);
PARSER(p_thickness);
PARSER(p_opacity);
PARSER(p_columns);
PARSER(p_factor);
PARSER(p_bookmark);
PARSER(p_fit);
PARSER(p_transform);
PARSER(p_translate);
PARSER(p_rotate);
PARSER(p_scale);
PARSER(p_origin);
PARSER(p_counter);
PARSER(p_content);
PARSER(p_string_set);
#undef PARSER
#endif
