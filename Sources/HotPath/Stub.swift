enum HotPathStub {}
