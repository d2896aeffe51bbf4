:: d_step { phase == idle && everyAttempt(quiet) ->
     for (k : 0 .. ATTEMPTS - 1) { judge(k) }
     k = 0
   }
