:: d_step { phase == armed -> phase = swiped }
:: d_step { phase == armed -> record(current, notSent); letGo() }      /* disarmed, no card */
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
:: d_step { phase == broken -> record(current, notSent); letGo() }
:: d_step { phase == broken && made < ATTEMPTS && !wanted(current) ->       /* the same swipe */
     record(current, notSent); arm(attempt[current].ticket); phase = swiped
   }
:: d_step { phase == waiting && reply == madeApproved -> accept(APPROVED) }
:: d_step { phase == waiting && reply == madeDeclined -> accept(DECLINED) }
:: d_step { phase == waiting && reply == refused ->
     reply = silence; conclude(current, DECLINED); letGo()
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
     letGo()
#endif
   }
#ifdef BLIND_RETRY
:: d_step { phase == waiting && attempt[current].onWire < 2 -> wholeRequest() }
#endif
:: d_step { phase == fetching -> conclude(current, attempt[current].located); letGo() }
/* the GET failed: the id is kept and asked again */
#ifdef FAILED_GET_IS_DECLINE
:: d_step { phase == fetching -> conclude(current, DECLINED); letGo() }
#else
:: d_step { phase == fetching -> letGo() }
#endif
#ifdef NO_LOCK                  /* a second process starts, and judges by the latch */
:: d_step { (notClaimed || phase == claimed) && attempt[current].row == intent &&
            neverSent(current) ->
     record(current, notSent)
   }
#endif
