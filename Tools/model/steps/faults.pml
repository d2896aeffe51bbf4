:: d_step { crashes < CRASHES -> crashes++;
#ifdef A6_DROPPED
     page.word = 0;           /* the page did not outlive the process */
#endif
     restart()
   }
:: d_step { crashes < CRASHES && pageLosses < PAGE_LOSSES ->
     crashes++; pageLosses++; page.missing = 1; restart()
   }
/* of the latch word some older value is on the disk */
:: atomic { powerCuts < POWER_CUTS ->
     do :: page.word > 0 -> page.word-- :: break od;
     d_step { powerCuts++; restart() }
   }
:: d_step { lies < LIES && report == honest -> lies++; report = blank }
:: d_step { lies < LIES && report == honest -> lies++; report = newestOnly }
:: d_step { lies < LIES && report == honest -> lies++; report = misfiltered }
:: d_step { report != honest -> report = honest }
:: d_step { anyAttempt(rowIsBehind) || wishIsBehind(0) || wishIsBehind(TICKETS - 1) -> flush() }
