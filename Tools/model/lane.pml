/* The till's wishes, and the way of a swipe through the lane. */

/* A ticket takes a swipe when nothing of it is open or approved. */
#ifdef SWIPE_WHILE_IN_DOUBT
#define bars(a, t) (a < made && attempt[a].ticket == t && attempt[a].row == approved)
#else
#define bars(a, t) (a < made && attempt[a].ticket == t && !isNegative(attempt[a].row))
#endif

#define notClaimed (phase == armed || phase == swiped)
#define isPast(a, t) (a < made && attempt[a].ticket == t && !isEnd(attempt[a].row) \
                      && !(inHand(a) && notClaimed))

inline letGo() { phase = idle; current = 0 }

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
  attempt[a].located = NOTHING
}

inline latch() { page.word = current + 1 }

/* The card is in memory from `swiped` to `writing` and never on the disk: a restart ends them. */
inline firstByte() {
  must(I1_byte_after_durable_intent_and_latch,
       attempt[current].disk == intent && page.word == current + 1);
  attempt[current].left = 1
}

inline wholeRequest() {
  must(I2_a_reference_is_posted_once, !attempt[current].posted);
  attempt[current].posted = 1;
  attempt[current].onWire++
}

inline accept(verdict) {
  reply = silence;
#ifdef CREATED_IS_APPROVAL
  conclude(current, APPROVED); letGo()
#else
  record(current, accepted); attempt[current].located = verdict; phase = fetching
#endif
}

