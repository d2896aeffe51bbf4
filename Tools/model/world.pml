/* Every actor's steps in one process. */
active proctype World() {
end: do
#include "steps/lane.pml"
#include "steps/faults.pml"
#include "steps/judge.pml"
#define t 0
#include "steps/till.pml"
#undef t
#if TICKETS > 1
#define t 1
#include "steps/till.pml"
#undef t
#endif
#define a 0
#include "steps/gateway.pml"
#include "steps/time.pml"
#include "steps/reconciler.pml"
#undef a
#if ATTEMPTS > 1
#define a 1
#include "steps/gateway.pml"
#include "steps/time.pml"
#include "steps/reconciler.pml"
#undef a
#endif
#if ATTEMPTS > 2
#define a 2
#include "steps/gateway.pml"
#include "steps/time.pml"
#include "steps/reconciler.pml"
#undef a
#endif
  od
}
