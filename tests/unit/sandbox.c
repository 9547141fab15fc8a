/* sandbox.c: what a sandboxed process can still do, tried in children. Where the kernel has no Landlock, that is said and the tests are skipped. */
#include "base/file.h"
#include "base/sandbox.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

static char root[] = "/tmp/letak-sandbox-XXXXXX";
static long version;
static const char *at(struct arena *a, const char *name) { return arena_printf(a, "%s/%s", root, name); }

static int open_as(const char *path, int flags) /* 0, or why not */
{
    int fd = open(path, flags | O_CLOEXEC, 0600), e = errno;
    if (fd >= 0) close(fd);
    return fd >= 0 ? 0 : e;
}

static int tcp(int port, bool listening)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    int r = listening ? bind(fd, (struct sockaddr *)&to, sizeof to) : connect(fd, (struct sockaddr *)&to, sizeof to), e = errno;
    close(fd);
    return r ? e : 0;
}

/* The number of the first row that is not as it must be, from a child that has locked itself in; 0 = all are. */
static int in_child(int port)
{
    pid_t pid = fork();
    int status;
    if (!pid) {
        struct arena a = {0};
        struct sandbox_path paths[] = {{at(&a, "site"), SANDBOX_READ},
                                       {at(&a, "out"), SANDBOX_WRITE},
                                       {at(&a, "above"), SANDBOX_NAMES},
                                       {at(&a, "none"), SANDBOX_WRITE},
                                       {NULL, SANDBOX_READ}};
        if (!sandbox_enter(paths, port)) _exit(99);
        int i = 0;
#define MUST(x)                                                                                                                                      \
    if (i++, !(x)) _exit(i)
        MUST(open_as(at(&a, "site/text"), O_RDONLY) == 0); /* 1 */
        MUST(open_as(at(&a, "site/text"), O_WRONLY) == EACCES);
        MUST(open_as(at(&a, "site/new"), O_WRONLY | O_CREAT) == EACCES);
        MUST(open_as(at(&a, "site/link"), O_RDONLY) == 0); /* leads to linked/ */
        MUST(open_as(at(&a, "secret"), O_RDONLY) == EACCES);
        MUST(open_as(at(&a, "site/../secret"), O_RDONLY) == EACCES);
        MUST(open_as(at(&a, "out/new"), O_RDWR | O_CREAT) == 0); /* 7 */
        MUST(rename(at(&a, "out/new"), at(&a, "out/newer")) == 0);
        MUST(unlink(at(&a, "out/newer")) == 0);
        MUST(truncate(at(&a, "site/text"), 0) == -1 && (version < 3 || errno == EACCES));
        MUST(open_as(at(&a, "above/old"), O_WRONLY) == EACCES && open_as(at(&a, "above/old"), O_RDONLY) == EACCES); /* 11 */
        MUST(mkdir(at(&a, "above/made"), 0700) == 0 && rename(at(&a, "above/made"), at(&a, "above/moved")) == 0 && rmdir(at(&a, "above/moved")) == 0);
        MUST(mkdir(at(&a, "made"), 0700) == -1);
        MUST(open_as("/usr/share/zoneinfo/Europe/Belgrade", O_RDONLY) == 0);
        MUST(open_as("/dev/null", O_WRONLY) == 0);
        MUST(open_as("/root/.ssh/id_ed25519", O_RDONLY) != 0 && open_as("/home", O_RDONLY | O_DIRECTORY) != 0); /* 16 */
        MUST(version < 4 || tcp(9, false) == EACCES);
        MUST(version < 4 || tcp(0, true) == (port == 0 ? 0 : EACCES));
        MUST(system("exit 3") == 3 << 8); /* programs of the system still run */
        _exit(0);
    }
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void without_network(void **state)
{
    (void)state;
    if (version < 1) {
        print_message("this kernel has no Landlock: the sandbox cannot be tried here\n");
        skip();
    }
    assert_int_equal(in_child(-1), 0);
}

static void listening(void **state)
{
    (void)state;
    if (version < 4) {
        print_message("this kernel's Landlock (version %ld) does not know of networks: cannot be tried here\n", version);
        skip();
    }
    assert_int_equal(in_child(0), 0);
}

static void write_text(const char *path) { assert_true(file_write(path, STR("a"))); }

int main(void)
{
    struct arena a = {0};
    version = syscall(SYS_landlock_create_ruleset, NULL, 0, 1);
    if (!mkdtemp(root)) return 1;
    const char *const folders[] = {"site", "out", "above", "linked"}, *const files[] = {"site/text", "secret", "above/old", "linked/text"};
    for (size_t i = 0; i < 4; i++)
        if (mkdir(at(&a, folders[i]), 0700)) return 1;
    for (size_t i = 0; i < 4; i++) write_text(at(&a, files[i]));
    if (symlink("../linked/text", at(&a, "site/link"))) return 1;
    const struct CMUnitTest tests[] = {cmocka_unit_test(without_network), cmocka_unit_test(listening)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    file_remove_tree(root);
    arena_close(&a);
    return failed;
}
