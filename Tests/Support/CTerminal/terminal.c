#define _GNU_SOURCE
#include "CTerminal.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

int swt_open_terminal(int *person, int *program) {
    char name[128];
    *person = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (*person < 0) return -1;
    if (grantpt(*person) == 0 && unlockpt(*person) == 0
        && ptsname_r(*person, name, sizeof name) == 0) {
        *program = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
        if (*program >= 0) return 0;
    }
    close(*person);
    return -1;
}
