// A pseudo-terminal, for commands that ask a person: Glibc hides its calls from Swift.
#ifndef SWIPELINE_TEST_TERMINAL_H
#define SWIPELINE_TEST_TERMINAL_H

/// Opens one: the person's end, and the program's. 0, or -1 with errno.
int swt_open_terminal(int *person, int *program);

#endif
