/* The money-safety protocol of one lane; docs/protocol.md says it in words.
   One process an actor. What an actor does at once is one d_step; everything between two steps may
   be interrupted by any other actor, a crash and a power cut too. `Tools/model/run` builds and runs
   it. Sizes below bound how often the world is unkind; mutants are the other #ifdef switches. */

#ifndef ATTEMPTS
#define ATTEMPTS 2              /* references that may be made, 1 to 3 */
#endif
#ifndef TICKETS
#define TICKETS 2               /* payments that the till wants, 1 or 2 */
#endif
#ifndef CRASHES
#define CRASHES 1               /* the process dies, the machine lives */
#endif
#ifndef PAGE_LOSSES
#define PAGE_LOSSES 1           /* of the crashes: the latch page is gone as well */
#endif
#ifndef POWER_CUTS
#define POWER_CUTS 1
#endif
#ifndef DUPLICATES
#define DUPLICATES 1            /* requests that the network delivers twice */
#endif
#ifndef LAGS
#define LAGS 1                  /* commits that the report does not show yet */
#endif
#ifndef LIES
#define LIES 1                  /* times that the report begins to lie, for as long as it likes */
#endif
#ifndef GLITCHES
#define GLITCHES 1              /* single reads that miss a row and still show the control */
#endif
#ifndef FOREIGN
#define FOREIGN 1               /* 201s whose Location names another's transaction */
#endif
#ifndef LOSSES
#define LOSSES 1                /* voids and refunds whose request or answer is lost */
#endif
#ifndef SETTLED
#define SETTLED 1               /* charges that are settled before their void arrives */
#endif

#include "state.pml"
#include "promises.pml"
#include "journal.pml"
#include "lane.pml"
#include "gateway.pml"
#include "reconciler.pml"

/* Steps are lists of options, an actor a file. For safety one process takes them all, which is
   the same interleaving in a smaller state; for fairness each actor needs a process of its own. */
#ifdef LIVENESS
#include "processes.pml"
#else
#include "world.pml"
#endif

#ifdef LIVENESS
/* I7: under weak fairness every attempt ends, or stays in doubt because its control is missing. */
ltl comes_to_rest { <> [] (everyAttempt(atRest)) }
#endif
