enum ReadersStub {}
