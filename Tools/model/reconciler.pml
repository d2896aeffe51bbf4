/* Turns doubt into truth: asks by report and by id, gives back, and tells the till. */

/* When a read with no row of ours counts as empty. */
#if defined(NO_CONTROL)
#define controlled(a) true
#elif defined(CONTROL_NEWER_ONLY)
#define controlled(a) (controlShown || report == newestOnly && anyOther(newerRow, a))
#else
#define controlled(a) controlShown
#endif
#if defined(A5_DROPPED)         /* our reference does not come back as it was */
#define found(a) (shown(a) && report != misfiltered)
#elif defined(ONE_QUERY_SHAPE)
#define found(a) (shown(a) && report != misfiltered)
#else
#define found(a) shown(a)
#endif
#ifdef READ_TOO_EARLY
#define firstRead(a) (attempt[a].inquiry <= 1)
#else
#define firstRead(a) (attempt[a].inquiry == 1)
#endif
#ifdef READS_NOT_APART
#define secondRead(a) (attempt[a].inquiry >= 2)
#else
#define secondRead(a) (attempt[a].inquiry == 3)
#endif
#ifdef FIRST_READ_LATER         /* variant: L + 30 s before the first read bears both faults */
#define glitchLater(a) secondRead(a)
#else
#define glitchLater(a) false
#endif

/* Given back by the gateway's word: told when the report shows the row itself, so that it would
   show a copy too, no copy is there, and none can come (A1, A2). */
#if defined(CHECK_SKIPPED)
#define checked(a) true
#elif defined(CHECK_TOO_EARLY)
#define checked(a) (shown(a) && attempt[a].live == 0)
#elif defined(CHECK_WITHOUT_CONTROL)
#define checked(a) (mayBeginReads(a) && reportCaughtUp(a) && !(shown(a) && attempt[a].live > 0))
#else
#define checked(a) (mayBeginReads(a) && reportCaughtUp(a) && shown(a) && attempt[a].live == 0)
#endif

inline readEmpty(a) {
  if
#ifndef ONE_EMPTY_READ
  :: firstRead(a) -> attempt[a].inquiry = 2
#endif
  :: else -> record(a, notCharged)
  fi
}

#ifdef VOID_TOLD_AT_DECISION
#define isTellable(a) (isEnd(attempt[a].row) || attempt[a].row == voiding)
#else
#define isTellable(a) isEnd(attempt[a].row)
#endif

