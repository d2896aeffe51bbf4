/* The till's wishes, and the way of a swipe through the lane. */

/* A ticket takes a swipe when nothing of it is open or approved. */
#ifdef SWIPE_WHILE_IN_DOUBT
#define bars(a, t) (a < made && attempt[a].ticket == t && attempt[a].row == approved)
#else
#define bars(a, t) (a < made && attempt[a].ticket == t && !isNegative(attempt[a].row))
#endif

#define notClaimed (phase == armed || phase == swiped)
#ifdef CANCEL_AFTER_CLAIM
#define mayCancel (notClaimed || phase == claimed || phase == latched)
#else
#define mayCancel notClaimed
#endif
#define isPast(a, t) (a < made && attempt[a].ticket == t && !isEnd(attempt[a].row) \
                      && !(inHand(a) && notClaimed))

proctype Till(bit t) {
end: do
  :: d_step { phase == idle && made < ATTEMPTS && !ticket[t].wish && !anyOther(bars, t) &&
              (t == 0 || made > 0) ->
       arm(t); phase = armed
     }
#ifdef CANCEL_TOLD_EARLY
  :: d_step { mayCancel && attempt[current].ticket == t && !attempt[current].told ->
       attempt[current].told = DECLINED
     }
#endif
  :: d_step { mayCancel && attempt[current].ticket == t -> record(current, cancelled); phase = idle }
  :: d_step { !ticket[t].wish && anyOther(isPast, t) ->
       ticket[t].wish = 1;
#ifndef WISH_LAZY
       flush()
#endif
     }
  :: d_step { ticket[t].wish && !ticket[t].promised -> ticket[t].promised = 1 }
#ifdef LIVENESS
  :: break                      /* the till need not cancel, nor sell */
#endif
  od
}

/* The gateway's verdict is known: a wish to cancel turns an approval into a void. */
inline conclude(a, verdict) {
  if
  :: verdict == APPROVED ->
#ifdef WISH_IGNORED
     record(a, approved)
#else
     if :: wanted(a) -> record(a, voiding) :: else -> record(a, approved) fi
#endif
  :: else -> record(a, declined)
  fi;
  attempt[a].located = NOTHING;
  attempt[a].inquiry = 0
}

inline latch() { page.word = current + 1 }

/* The card is in memory from `swiped` to `writing` and never on the disk: a restart ends them. */
inline firstByte() {
  must(I1_byte_after_durable_intent_and_latch,
       attempt[current].disk == intent && page.word == current + 1);
  attempt[current].left = 1
}

inline wholeRequest() {
  must(I2_a_reference_is_posted_once, attempt[current].posts == 0);
  attempt[current].posts++;
  attempt[current].onWire++
}

inline accept(verdict) {
  reply = silence;
#ifdef CREATED_IS_APPROVAL
  conclude(current, APPROVED); phase = idle
#else
  record(current, accepted); attempt[current].located = verdict; phase = fetching
#endif
}

proctype Lane() {
end: do
  :: d_step { phase == armed -> phase = swiped }
  :: d_step { phase == armed -> record(current, notSent); phase = idle }      /* disarmed, no card */
  :: d_step { phase == swiped -> phase = claimed }
#ifdef LATCH_AFTER_BYTE
  :: d_step { phase == claimed -> attempt[current].left = 1; phase = writing }
  :: d_step { phase == waiting && page.word != current + 1 -> latch() }
#else
  :: d_step { phase == claimed -> latch(); phase = latched }
  :: d_step { phase == latched -> firstByte(); phase = writing }
#endif
  :: d_step { phase == writing -> wholeRequest(); phase = waiting }
  /* the write failed before its last byte: known not to be sent */
  :: d_step { phase == claimed || phase == latched || phase == writing -> phase = broken;
#ifdef A3_DROPPED
       attempt[current].onWire = attempt[current].onWire + attempt[current].left
#endif
     }
  :: d_step { phase == broken -> record(current, notSent); phase = idle }
  :: d_step { phase == broken && made < ATTEMPTS && !wanted(current) ->       /* the same swipe */
       record(current, notSent); arm(attempt[current].ticket); phase = swiped
     }
  :: d_step { phase == waiting && reply == madeApproved -> accept(APPROVED) }
  :: d_step { phase == waiting && reply == madeDeclined -> accept(DECLINED) }
  :: d_step { phase == waiting && reply == refused ->
       reply = silence; conclude(current, DECLINED); phase = idle
     }
#ifdef FOREIGN_LOCATION_TRUSTED
  :: d_step { phase == waiting && reply == strange -> accept(APPROVED) }
#endif
  /* time-out, end of file, 3xx, 5xx, garbage, a foreign Location: in doubt */
  :: d_step { phase == waiting -> reply = silence;
#if defined(TIMEOUT_IS_DECLINE)
       record(current, declined);
#elif defined(LATCH_CLEARED_AFTER_ANSWER)
       page.word = 0;
#endif
#ifdef TIMEOUT_IS_NOT_SENT
       phase = broken
#else
       phase = idle
#endif
     }
#ifdef BLIND_RETRY
  :: d_step { phase == waiting && attempt[current].onWire < 2 -> wholeRequest() }
#endif
  :: d_step { phase == fetching -> conclude(current, attempt[current].located); phase = idle }
  /* the GET failed: the id is kept and asked again */
#ifdef FAILED_GET_IS_DECLINE
  :: d_step { phase == fetching -> conclude(current, DECLINED); phase = idle }
#else
  :: d_step { phase == fetching -> phase = idle }
#endif
  od
}
