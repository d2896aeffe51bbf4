/* Turns doubt into truth: asks by report and by id, takes back what nobody wants, tells the till. */

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

inline readEmpty(a) {
  if
#ifndef ONE_EMPTY_READ
  :: firstRead(a) -> attempt[a].inquiry = 2
#endif
  :: else -> record(a, notCharged); attempt[a].inquiry = 0
  fi
}

#ifdef VOID_TOLD_AT_DECISION
#define isTellable(a) (isEnd(attempt[a].row) || attempt[a].row == voiding)
#else
#define isTellable(a) isEnd(attempt[a].row)
#endif

proctype Reconciler(byte a) {
end: do
  :: d_step { !attempt[a].told && isTellable(a) -> tell(a) }

  /* in doubt: the row is there */
  :: d_step { inDoubt(a) && found(a) && attempt[a].live > 0 -> conclude(a, APPROVED) }
  :: d_step { inDoubt(a) && found(a) && attempt[a].live == 0 -> conclude(a, DECLINED) }
  /* it is not, and the control is */
  :: d_step { inDoubt(a) && !found(a) && controlled(a) && (firstRead(a) || secondRead(a)) ->
       readEmpty(a)
     }
  /* one read misses the row; not the second read too, when the first was early for the report */
  :: d_step { inDoubt(a) && found(a) && glitches < GLITCHES && (firstRead(a) || glitchLater(a)) ->
       glitches++; readEmpty(a)
     }
#ifdef ROWS_NOT_COMPARED
  :: d_step { inDoubt(a) && report == misfiltered && !visible(a) && anyOther(otherRow, a) ->
       conclude(a, APPROVED)
     }
#endif
#ifdef REFERENCE_ARMED_AGAIN
  :: d_step { inDoubt(a) && phase == idle -> current = a; phase = armed }
#endif

  /* the id is known: GET it */
  :: d_step { attempt[a].row == accepted && !inHand(a) -> conclude(a, attempt[a].located) }

  /* decided to give the money back */
  :: d_step { attempt[a].row == voiding && attempt[a].call == noCall ->
       must(I12_void_after_durable_decision, attempt[a].disk == voiding);
       attempt[a].call = voidAsked
     }
  :: d_step { attempt[a].row == voiding && attempt[a].call == voidDone ->
       attempt[a].call = noCall; record(a, voided)
     }
  :: d_step { attempt[a].row == voiding && attempt[a].call == tooLate ->
       attempt[a].call = noCall; record(a, refunding)
     }
  :: d_step { attempt[a].row == refunding && attempt[a].call == noCall ->
       must(I12_void_after_durable_decision, attempt[a].disk == refunding);
       attempt[a].call = refundAsked
     }
  :: d_step { attempt[a].row == refunding && attempt[a].call == refundDone ->
       attempt[a].call = noCall; record(a, refunded)
     }

  /* the sweep: copies beyond the adopted one */
#ifndef NO_SWEEP
  :: d_step { surplus(a) && shown(a) && !attempt[a].voidRest -> flush(); attempt[a].voidRest = 1 }
  :: d_step { attempt[a].voidRest ->
       if :: surplus(a) -> attempt[a].live-- :: else -> attempt[a].voidRest = 0 fi
     }
#endif
  od
}
