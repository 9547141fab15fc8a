/* file.h: paths and files. Paths are NUL-terminated; '/' separates; functions that fail return false with errno set. */
#ifndef LETAK_BASE_FILE_H
#define LETAK_BASE_FILE_H
#include "base/diag.h"

#define FILE_TEXT_LIMIT ((size_t)64 << 20) /* a larger text file is refused */

/* The whole file into the arena, a NUL behind it. False (errno; EFBIG past limit). */
bool file_read(struct arena *a, const char *path, size_t limit, struct str *out);
/* Opens a file to be read; -1 (errno). */
int file_open(const char *path);
/* How many files, at most n, may stay open at a time beside what else a program opens; the process's own bound is raised for them if need be. To be
 * called before there are threads: the kernel's table of open files grows now, and would stop them all each time it grows later. */
size_t file_hold(size_t n);
/* A text file as the rest of the program wants it: valid UTF-8, no BOM, LF only, no zero byte, no line over 1 MB. What is wrong
 * is reported under the name `shown` and false returned. */
bool file_read_text(struct arena *a, const char *path, const char *shown, struct diag *d, struct str *out);
/* The same of a file that is open, from its beginning, and closed then; fd -1: path is opened. */
bool file_read_text_of(struct arena *a, int fd, const char *path, const char *shown, struct diag *d, struct str *out);
/* The same for what programs write (print HTML, style sheets), where a line may be as long as the file. */
bool file_read_made(struct arena *a, const char *path, const char *shown, struct diag *d, struct str *out);
/* Writes the whole file, every write and the close checked: beside it, then in its place, so a full disk leaves the old one. What is no regular file
 * (a pipe, /dev/stdout) is written to. */
bool file_write(const char *path, struct str bytes);
bool file_mkdirs(const char *path);      /* like mkdir -p */
bool file_remove_tree(const char *path); /* like rm -rf; a link is removed, not followed; absent is fine */
bool file_is_dir(const char *path);
bool file_exists(const char *path);
const char *file_tmp(void); /* the folder for what lasts no longer than a run: TMPDIR, else /tmp */

struct file_entry {
    const char *path; /* relative to the root of the walk */
    uint64_t size;    /* with the time 0 unless the list asks for them */
    int64_t mtime_ns;
    bool is_dir;
};
struct file_list {
    bool stamps; /* in: sizes and times are wanted, which needs a system call more for each file */
    VEC(struct file_entry) files;
};
/* Every regular file and folder below root, sorted by byte order of their paths. Links are followed; one that leads into a folder
 * on its own path is reported (FILE_LINK_LOOP) and left out; unreadable folders are reported, and false returned. skip(ctx, path, is_dir) true leaves
 * an entry, and what is below it, out; may be NULL. shown stands before paths in messages: "content/". Names that are not UTF-8, pipes and devices,
 * and links that lead nowhere are reported and left out. */
bool file_walk(struct arena *a, const char *root, const char *shown, struct diag *d, bool (*skip)(void *ctx, const char *path, bool is_dir),
               void *ctx, struct file_list *out);

/* Where finished files go: staging folder (publish/), memory (serve/). path is relative to the site's root; bytes are only borrowed. Called from any
 * worker. False: the surroundings failed, already reported. */
struct file_sink {
    bool (*write)(void *ctx, const char *path, struct str bytes);
    void *ctx;
    bool (*keep)(void *ctx, const char *path); /* the file of the last build once more; false where it has none; may be NULL */
};

struct str path_dir(struct str path);                              /* "a/b/c" -> "a/b", "c" -> "" */
struct str path_base(struct str path);                             /* "a/b/c.md" -> "c.md" */
struct str path_stem(struct str path);                             /* "a/b/c.en.md" -> "c.en" */
struct str path_ext(struct str path);                              /* "a/b/c.md" -> "md"; "" where there is none */
char *path_join(struct arena *a, struct str dir, struct str rest); /* dir may be "" */
bool path_holds(const char *folder, const char *path);             /* path is folder or below it; both as realpath gives them */
/* Without "." and "..", no slash at the ends: "a/./b/../c" -> "a/c". False where it climbs above its start. */
bool path_normal(struct arena *a, struct str path, struct str *out);
/* How to get from the folder of file `from` to file `to` (both relative to one root): "a/b.html","c/d" -> "../c/d". */
struct str path_relative(struct arena *a, struct str from, struct str to);
#endif
