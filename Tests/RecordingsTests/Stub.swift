internal enum Suite {}
