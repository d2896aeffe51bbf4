/* The journal is one log: a durable write carries every lazy one before it to the disk. */

#ifdef LAZY                     /* mutant: rows of this kind are not synced */
#define isLazy(s) (s == accepted || s == LAZY)
#else
#define isLazy(s) (s == accepted)
#endif

inline flush() {
  for (k : 0 .. ATTEMPTS - 1) { attempt[k].disk = attempt[k].row }
  for (k : 0 .. TICKETS - 1) { ticket[k].wishOnDisk = ticket[k].wish }
  k = 0                         /* a d_step must not end with a loop */
}

/* What can no longer matter is forgotten with it, so that fewer states differ. */
inline record(a, s) {
  attempt[a].row = s;
  attempt[a].inquiry = 0;
  if :: s == intent -> skip :: else -> attempt[a].incarnation = 0 fi;
  if :: isEnd(s) -> attempt[a].left = 0; attempt[a].posted = 0 :: else -> skip fi;
  if :: isLazy(s) -> skip :: else -> flush() fi
}

/* The next attempt, its intent durable before the reader is opened for it. */
inline arm(forTicket) {
  attempt[made].ticket = forTicket;
  attempt[made].incarnation = page.incarnation;
#ifdef LATCH_ROW_BOOT_ONLY
  attempt[made].boot = powerCuts;
#endif
  current = made;
  made++;
  record(current, intent)
}

/* The system may write lazy rows at any time. */
#define rowIsBehind(a) (attempt[a].disk != attempt[a].row)
#define wishIsBehind(t) (ticket[t].wish != ticket[t].wishOnDisk)

/* ---- the latch ---- */
#ifdef LATCH_COMPARED_EXACTLY
#define wordIsBelow(a) (page.word != a + 1)
#else
#define wordIsBelow(a) (page.word < a + 1)
#endif

#if defined(LATCH_HEADER_BOOT_ONLY)
#define pageSpeaksOf(a) (page.boot == powerCuts)
#elif defined(LATCH_ROW_BOOT_ONLY)
#define pageSpeaksOf(a) (attempt[a].boot == powerCuts)
#else
#define pageSpeaksOf(a) (attempt[a].incarnation == page.incarnation)
#endif
#define neverSent(a) (pageSpeaksOf(a) && wordIsBelow(a))

inline freshPage() {
  freshPages++;
  page.incarnation = freshPages;
  page.boot = powerCuts;
  page.word = 0;
  page.missing = 0
}

/* A page of an earlier boot, or none, is replaced; any other is left as it is. */
inline openPage() {
  if
  :: page.missing -> freshPage()
#if !defined(LATCH_TRUSTED_AFTER_POWER_CUT) && !defined(LATCH_HEADER_BOOT_ONLY)
  :: !page.missing && page.boot != powerCuts -> freshPage()
#endif
  :: else -> skip
  fi
}

#ifdef A4_DROPPED               /* the disk forgot what it had confirmed: the last end of a row */
#define afterCut(s) (isEnd(s) -> intent : s)
#else
#define afterCut(s) s
#endif

/* The process starts: it believes the journal, and judges open intents by the latch. */
inline restart() {
  for (k : 0 .. ATTEMPTS - 1) {
    attempt[k].disk = afterCut(attempt[k].disk);
    journalAgrees(k);
    attempt[k].row = attempt[k].disk;
    attempt[k].inquiry = 0;
    if
    :: attempt[k].row != accepted -> attempt[k].located = NOTHING
    :: else -> skip
    fi;
    if                          /* nobody hears the answer; a call on its way still arrives */
    :: attempt[k].call == voidDone || attempt[k].call == tooLate ||
       attempt[k].call == refundDone -> attempt[k].call = noCall
    :: else -> skip
    fi;
    if                          /* an intent that was lost: its number is given out again */
    :: attempt[k].row == none && made > k -> made = k
    :: else -> skip
    fi
  }
  for (k : 0 .. TICKETS - 1) { ticket[k].wish = ticket[k].wishOnDisk }
  phase = idle;
  current = 0;
  reply = silence;
  openPage();
  for (k : 0 .. ATTEMPTS - 1) {
    if
    :: attempt[k].row == intent && neverSent(k) ->
       attempt[k].row = notSent;
       attempt[k].disk = notSent;
       attempt[k].incarnation = 0;
       attempt[k].left = 0
    :: else -> skip
    fi
  };
#ifdef LATCH_HEADER_BOOT_ONLY
  if :: page.boot != powerCuts -> freshPage() :: else -> skip fi;
#endif
#ifdef LATCH_RESET_AT_START
  page.word = 0;
#endif
  k = 0
}
