public import Values

extension Guidance {
    /// A refusal of the request: its first code decides.
    init(for rejection: Rejection) {
        guard let code = rejection.codes.first else {
            self.init(.gatewayRefused, .callSupport)
            return
        }
        self.init(for: code)
    }

    /// A request that the gateway refuses. The document gives names only; what each wants of the
    /// cashier is our reading.
    ///
    /// Source: PayHub API, "Error codes".
    public init(for code: ErrorCode) {
        if code.contradictsRefusal {
            self.init(.outcomeUnknown, .waitDoNotSwipe)
        } else {
            self = Self.ofPayment(code) ?? Self.ofRecord(code) ?? Self.ofSetUp(code)
        }
    }

    /// What was swiped or typed for a payment.
    private static func ofPayment(_ code: ErrorCode) -> Guidance? {
        switch code.text {
        case "02", "4022", "4025", "4034", "4043", "4044", "4045", "4516":
            Guidance(.cardDetailsWrong, .swipeAgain)
        case "4099": Guidance(.cardDetailsWrong, .askForAnotherCard)
        case "4035", "4040", "4070": Guidance(.cardNotAccepted, .askForAnotherCard)
        case "4019", "4020", "4041": Guidance(.codeWrong, .correctEntry)
        case "4026", "4030", "4031", "4036", "4042", "4503", "4504":
            Guidance(.addressWrong, .correctEntry)
        case "4015", "4016", "4018", "4027", "4028", "4029", "4037", "4038", "4095", "4096",
            "4501", "4502", "4525":
            Guidance(.customerDetailsWrong, .correctEntry)
        case "4021", "4521", "4523": Guidance(.amountWrong, .correctEntry)
        case "1009", "4039", "4078", "4524": Guidance(.orderDetailsWrong, .correctEntry)
        default: nil
        }
    }

    /// What the gateway keeps: transactions, batches, recurring bills.
    private static func ofRecord(_ code: ErrorCode) -> Guidance? {
        switch code.text {
        case "4080", "4081", "4082", "4083", "4084", "4085", "4086", "4087", "4088", "4089",
            "4090", "4091", "4092", "4093", "4094", "4103", "4505", "4506", "4507", "4508",
            "4509", "4510", "4511", "4512", "4513", "4514":
            Guidance(.scheduleWrong, .correctEntry)
        case "4054", "4055", "4069", "4072": Guidance(.doneAlready, .lookItUp)
        case "4057", "4058", "4065", "4067", "4073", "4074", "4075", "4097", "4098", "4522":
            Guidance(.notPossible, .lookItUp)
        case "4023", "4024", "4049", "4050", "4053", "4061", "4068", "4071", "9998":
            Guidance(.notFound, .lookItUp)
        case "4063", "4100": Guidance(.gatewayRefused, .tryAgain)
        default: nil
        }
    }

    /// Who asks, from where, and in which form.
    private static func ofSetUp(_ code: ErrorCode) -> Guidance {
        switch code.text {
        case "4008", "4009", "4012", "4515", "4517", "4518", "4519", "4520", "9996":
            Guidance(.notAllowed, .callSupport)
        case "4006", "4007", "4010", "4011", "4013", "4014", "4017", "4032", "4033", "4047",
            "4048", "4051", "4052", "4101", "4526", "9989", "9990", "9991", "9992", "9993",
            "9994", "9995", "9997":
            Guidance(.setUpWrong, .callSupport)
        default: Guidance(.gatewayRefused, .callSupport)
        }
    }
}
