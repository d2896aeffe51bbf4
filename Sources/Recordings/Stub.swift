enum RecordingsStub {}
