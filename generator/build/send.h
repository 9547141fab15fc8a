/* send.h: `letak publish`: checks, makes the release, sends it, has it compared and shown (publish/remote.h). */
#ifndef LETAK_BUILD_SEND_H
#define LETAK_BUILD_SEND_H
#include "build/build.h"

struct send_job {
    const struct build_options *build;
    const char *target; /* "user@host:path"; NULL = publish-to of site.yml */
    const char *config; /* of ssh; NULL = its own */
    bool dry_run, rollback;
};
/* What was done, or would be, is said on out. False where it could not (reported); what readers see is then as it was. */
bool build_send(const struct send_job *j, struct diag *d, struct buf *out);
#endif
