// Written by tools/generate-client.ts from the OpenAPI document of the door; change the door, not this file.

export type AccountActivity = {
record: string
cursor: string
customerId: string
customerAccountId: string
accountPackageId: string
accountNumber: string
typeCode: 'bill' | 'charge' | 'payment' | 'adjustment' | 'contract' | 'collection' | 'notice' | 'usage' | 'contact' | 'plan' | 'agreement' | 'workItem' | 'meter'
/** what happened: billCompleted, chargeCancelled, paymentReceived ... */
activityCode: string
activityDescription: string
/** of a note: its text */
detailDescription: string
activityDate: string
createdTimeStamp: string
amount: string
userId: string
statusCode: string
statusDescription: string
/** of the bill, charge, usage, payment or work item that it is about */
id: string
}

export type AccountCollection = {
processes: (CollectionProcessShown)[]
protections: (ProtectionShown)[]
/** what else stands in the way of collecting today */
obstacles: ({
forbidsCode: 'cut' | 'all'
sourceCode: string
name: string
reason: string
evidence: string
startDate: string
endDate: string
})[]
severances: ({
severanceId: string
accountNumber: string
statusCode: 'active' | 'inactive'
noticeDate: string
/** the first day on which service may be cut */
cutFromDate: string
cutDate: string
reconnectedDate: string
endDate: string
endReasonCode: string
})[]
bankruptcies: ({
caseNumber: string
chapterCode: string
statusCode: 'filed' | 'dismissed' | 'discharged'
filedDate: string
closedDate: string
frozenAmount: string
evidence: string
})[]
writeOffs: ({
writeOffId: string
kindCode: 'debt' | 'discharge'
statusCode: 'active' | 'dismissed'
accountNumber: string
date: string
amount: string
dismissedDate: string
dismissReason: string
})[]
referrals: ({
agencyCode: string
amount: string
referredDate: string
recalledDate: string
})[]
rating: {
score: string
cashOnlyPoints: string
cashOnlyFlag: 'Y' | 'N'
depositDueFlag: 'Y' | 'N'
events: ({
kindCode: string
points: string
startDate: string
endDate: string
note: string
})[]
}
}

export type AccountDates = {
customerId: string
customerAccountId: string
accountPackageId: string
accountNumber: string
statusCode: string
statusDescription: string
startDate: string
/** exclusive; empty while it lasts */
endDate: string
}

export type AccountDetails = {
customerId: string
customerAccountId: string
accountPackageId: string
accountNumber: string
billingPackageId: string
customerName: string
vendorId: string
vendorName: string
packageId: string
serviceTypeDescription: string
statusCode: string
statusDescription: string
startDate: string
endDate: string
premiseId: string
serviceAddress: Address
ldcAccountNumber: string
billMethodDescription: string
revenueClassDescription: string
debtClassDescription: string
billCycleCode: string
planDescription: string
meters: (Meter)[]
facts: ({
typeCode: string
value: string
startDate: string
endDate: string
})[]
exemptions: ({
typeCode: string
taxCategoryCode: string
exemptPercent: string
certificateNumber: string
startDate: string
endDate: string
})[]
flags: ({
typeCode: string
text: string
startDate: string
endDate: string
})[]
}

export type AccountLog = {
customerId: string
customerAccountId: string
accountPackageId: string
accountNumber: string
logId: string
typeCode: string
logText: string
userId: string
createdTimeStamp: string
}

export type AccountMoney = {
customerId: string
customerAccountId: string
accountPackageId: string
accountNumber: string
billingPackageId: string
/** asked for now; less than zero: a credit */
currentBalanceAmount: string
/** owed, and not asked for now */
putOffAmount: string
/** owed in all: asked for now and put off */
balanceAmount: string
pastDueAmount: string
nextDueDate: string
nextDueAmount: string
putOff: {
budgetAmount: string
arrangementAmount: string
frozenAmount: string
otherAmount: string
}
/** no part of what is owed */
depositHeldAmount: string
/** the account packages that make up the balances */
holders: (MoneyHolder)[]
contracts: (MoneyContract)[]
collection: AccountCollection
paying: AccountPaying
notices: ({
noticeNumber: string
templateCode: string
channelCode: 'letter' | 'email' | 'text'
subject: string
statusCode: 'queued' | 'sent' | 'failed' | 'suppressed'
reasonCode: string
queuedAt: string
doneAt: string
})[]
}

export type AccountOverview = {
customerId: string
customerAccountId: string
accountPackageId: string
accountNumber: string
billingPackageId: string
customerName: string
doingBusinessAsName: string
customerClassCode: string
customerSinceDate: string
statusCode: string
serviceTypeDescription: string
startDate: string
endDate: string
languageCode: string
premiseId: string
serviceAddress: Address
mailingName: string
mailingAddress: Address
deliveryMethodCode: string
billCycleCode: string
contacts: (Contact)[]
planDescription: string
planName: LocalizedText
planCode: string
planStartDate: string
/** of the account package */
balances: Balances
/** of all account packages that are billed together */
billingPackageBalances: Balances
/** owed on the billing package, and not asked for now */
putOffAmount: string
alerts: (Alert)[]
flags: ({
typeCode: string
text: string
startDate: string
})[]
meters: (Meter)[]
lastBill: {
billId: string
billNumber: string
billDate: string
dueDate: string
amountDueAmount: string
chargesAmount: string
} | null
/** every account package of the customer */
siblings: ({
customerId: string
customerAccountId: string
accountPackageId: string
accountNumber: string
statusCode: string
serviceTypeDescription: string
})[]
}

export type AccountPaying = {
autopay: {
startDate: string
endDate: string
drawRuleCode: 'due_date' | 'days_before' | 'fixed_day'
/** days before the due date, or the day of the month */
drawDays: string
limitAmount: string
suspendedFlag: 'Y' | 'N'
suspendReasonCode: string
payerCustomerId: string
method: MethodShown
} | null
methods: (MethodShown)[]
pending: ({
requestNumber: string
originCode: 'autopay' | 'scheduled' | 'once'
statusCode: string
drawDate: string
/** empty: what is asked for on the day */
amount: string
billId: string
billNumber: string
lastFour: string
})[]
}

export type AccountPlan = {
startDate: string
/** exclusive; empty while it lasts */
endDate: string
statusDescription: string
planDescription: string
typeDescription: string
revenueClassDescription: string
planBillingsNumber: number
accountPricingId: number
vendorId: number
packageId: number
/** the pricing plan */
id: number
planCode: string
planName: LocalizedText
componentDetailList: ({
accountComponentId: number
sequenceNumber: number
componentCode: string
description: string
typeDescription: string
sectionDescription: string
text: LocalizedText
/** how it charges: flat_charge, service_quantity, apply_to ... */
kindCode: string
/** where its money goes in the books */
classCode: string
/** when it is one number */
price: string
/** what a fixed price is for: bill, day, year, kw; % of a share; factor when it is published apart; empty for a price of a unit */
pricePer: string
/** price in force today, with what it is for; empty when it is not one number */
priceText: string
})[]
}

export type AccountSummary = {
customerId: string
customerAccountId: string
accountPackageId: string
accountNumber: string
billingPackageId: string
customerName: string
statusCode: string
statusDescription: string
serviceTypeDescription: string
planDescription: string
serviceAddress: Address
balances: Balances
lastBillDate: string
lastBillAmount: string
lastChargeDate: string
lastChargeAmount: string
lastPaymentDate: string
lastPaymentAmount: string
lastUsageEndDate: string
}

export type Address = {
addressLine1: string
addressLine2: string
city: string
stateCode: string
postalCode: string
countryCode: string
}

export type Adjustment = {
record: string
adjustmentId: string
customerId: string
customerAccountId: string
accountPackageId: string
accountNumber: string
billingPackageId: string
typeCode: string
typeDescription: string
/** correction, fee, transfer */
purposeCode: string
/** incomplete, error, freezable, pending_approval, frozen, cancelled, deleted */
statusCode: string
statusDescription: string
/** above zero a debit, below a credit */
adjustmentAmount: string
effectiveDate: string
accountingDate: string
dueDate: string
onBillIndicator: 'Y' | 'N'
comment: string
/** why it is in error, or was sent back */
faultDescription: string
cancelReason: string
/** whose the other half of a transfer is */
transferCustomerId: string
createdTimeStamp: string
createdByUserId: string
approvedByUserId: string
}

export type AdjustmentMade = {
accountChargeId: string
billingChargeId: string
chargeDate: string
chargeAmount: string
generalLedgerDescription: string
logId: string
}

export type Alert = {
alertAssignmentId: string
typeCode: string
text: string
startDate: string
endDate: string
}

export type Attention = {
code: 'alert' | 'bill_held' | 'past_due' | 'usage_missing' | 'usage_estimated' | 'no_plan' | 'pending_stop' | 'work_item'
severity: 'danger' | 'warning' | 'info'
text: LocalizedText
action: {
target: 'bill' | 'bills' | 'money' | 'usage' | 'plan' | 'timeline' | 'workItem' | 'customer'
id: string
}
}

export type Balances = {
/** what is owed */
balanceAmount: string
/** what is asked for now */
currentBalanceAmount: string
pastDueAmount: string
nextDueDate: string
nextDueAmount: string
}

export type Bankruptcy = {
record: string
bankruptcyId: string
customerId: string
billingPackageId: string
caseNumber: string
chapterCode: string
evidenceDescription: string
filedDate: string
/** filed, dismissed, discharged */
statusCode: string
statusDescription: string
closedDate: string
frozenAmount: string
debts: ({
/** whose debt it was */
accountNumber: string
/** where it is owed and not asked for */
frozenAccountNumber: string
frozenAmount: string
})[]
createdTimeStamp: string
createdByUserId: string
}

export type Bill = {
record: string
customerId: string
billingPackageId: string
billId: string
/** 8-4 digits, as printed */
billNumber: string
customerName: string
statusCode: string
statusDescription: string
billDate: string
dueDate: string
startDate: string
/** exclusive */
endDate: string
previousBalanceAmount: string
/** payments and credits since the bill before; negative */
creditsAmount: string
chargesAmount: string
amountDueAmount: string
unpaidAmount: string
estimatedFlag: 'Y' | 'N'
consumptionNumber: string
unitMeasureDescription: string
billRunId: string
}

export type BillCharge = {
customerId: string
customerAccountId: string
accountPackageId: string
accountNumber: string
accountChargeId: string
serviceTypeDescription: string
serviceAddress: Address
meterNumber: string
startDate: string
/** exclusive */
endDate: string
daysNumber: string
statusCode: string
amount: string
estimatedFlag: 'Y' | 'N'
consumptionNumber: string
unitMeasureDescription: string
parts: ({
partNumber: string
planName: LocalizedText
planCode: string
planVersion: string
startDate: string
/** exclusive */
endDate: string
})[]
lines: (BillLine)[]
usageDetailList: ({
unitMeasureDescription: string
timeOfUseCode: string
kindCode: string
usageNumber: string
beginReadNumber: string
endReadNumber: string
meterNumber: string
estimatedFlag: 'Y' | 'N'
})[]
}

export type BillCycle = {
billCycleCode: string
name: string
/** active billing packages of the cycle */
accountsNumber: string
/** latest first */
windows: ({
/** agreements are billed up to this day, exclusive */
periodEndDate: string
opensDate: string
closesDate: string
accountingDate: string
billedNumber: string
statusCode: 'future' | 'open' | 'late' | 'running' | 'billed' | 'closed'
})[]
}

export type BillDetail = {
record: string
customerId: string
billingPackageId: string
billId: string
/** 8-4 digits, as printed */
billNumber: string
customerName: string
statusCode: string
statusDescription: string
billDate: string
dueDate: string
startDate: string
/** exclusive */
endDate: string
previousBalanceAmount: string
/** payments and credits since the bill before; negative */
creditsAmount: string
chargesAmount: string
amountDueAmount: string
unpaidAmount: string
estimatedFlag: 'Y' | 'N'
consumptionNumber: string
unitMeasureDescription: string
billRunId: string
languageCode: string
mailingName: string
mailingAddress: Address
vendorName: string
currencyCode: string
replacesBillId: string
replacesBillNumber: string
completedAt: string
/** the bill before, of the same billing package */
previousBillId: string
nextBillId: string
credits: ({
date: string
text: LocalizedText
amount: string
/** this bill itself asks for it, or leaves it for later: a budget, an instalment */
askFlag: 'Y' | 'N'
})[]
charges: (BillCharge)[]
/** this bill and up to twelve before it, oldest first */
history: ({
billId: string
billDate: string
startDate: string
endDate: string
daysNumber: string
consumptionNumber: string
unitMeasureDescription: string
chargesAmount: string
estimatedFlag: 'Y' | 'N'
})[]
}

export type BillDifference = {
otherBillId: string
otherBillNumber: string
otherStartDate: string
otherEndDate: string
/** amount due of the other bill */
otherAmount: string
/** amount due of this bill */
amount: string
differenceAmount: string
/** they sum to the difference */
causes: ({
causeCode: 'price' | 'terms' | 'period' | 'usage' | 'pattern' | 'service' | 'charges' | 'previous' | 'asked' | 'credits'
accountNumber: string
amount: string
})[]
}

export type BillLine = {
/** charge and line: 12-3 */
lineId: string
accountChargeId: string
componentChargeId: string
partNumber: string
componentCode: string
kindCode: string
sectionCode: 'supply' | 'delivery' | 'tax' | 'other'
text: LocalizedText
/** in numbers: 412.6 kWh x $0.11840 */
formula: LocalizedText
quantity: string
unitMeasureDescription: string
timeOfUseCode: string
price: string
pricePer: string
baseAmount: string
unroundedAmount: string
amount: string
taxCategoryCode: string
ledgerCode: string
startDate: string
/** exclusive */
endDate: string
/** 18/30 days; empty when the line is whole */
prorationText: string
/** whether the trace can show intervals */
intervalsFlag: 'Y' | 'N'
}

export type BillRun = {
billRunId: string
billCycleCode: string
billCycleName: string
periodEndDate: string
billDate: string
modeCode: 'live' | 'trial'
statusCode: 'planning' | 'running' | 'paused' | 'complete' | 'cancelled'
accountsNumber: string
doneNumber: string
billedNumber: string
heldNumber: string
nothingDueNumber: string
billedAmount: string
accountsPerSecond: string
/** empty while nothing is known */
secondsLeft: string
elapsedSeconds: string
requestedBy: string
createdAt: string
startedAt: string
finishedAt: string
}

export type BillingAddress = {
record: string
customerId: string
billingPackageId: string
billingAddressId: string
mailingName: string
addressLine1: string
addressLine2: string
city: string
stateCode: string
postalCode: string
countryCode: string
/** Y: bills go there */
currentFlag: 'Y' | 'N'
/** empty: given when the billing package was opened */
createdAt: string
createdByUser: string
changedAt: string
changedByUser: string
}

export type BillingAlert = {
record: string
customerId: string
/** empty: of the whole customer */
billingPackageId: string
alertAssignmentId: string
typeCode: string
typeDescription: string
text: string
startDate: string
/** exclusive */
endDate: string
activeFlag: 'Y' | 'N'
createdByUser: string
createdAt: string
}

export type BillingExemption = {
record: string
customerId: string
customerAccountId: string
accountPackageId: string
accountNumber: string
billingPackageId: string
exemptionId: string
typeCode: string
typeDescription: string
taxCategoryCode: string
exemptPercent: string
certificateNumber: string
startDate: string
/** exclusive */
endDate: string
activeFlag: 'Y' | 'N'
}

export type BillingPackage = {
record: string
customerId: string
billingPackageId: string
customerName: string
doingBusinessAsName: string
vendorId: string
vendorName: string
statusCode: string
statusDescription: string
openedDate: string
closedDate: string
billCycleCode: string
billCycleDescription: string
deliveryMethodCode: string
deliveryMethodDescription: string
copiesNumber: string
dueDaysNumber: string
languageCode: string
mailingName: string
mailingAddress: Address
holdBillsFlag: 'Y' | 'N'
autopayFlag: 'Y' | 'N'
collectionFlag: 'Y' | 'N'
/** of the account package that speaks for it; empty: none */
masterAccountNumber: string
accountPackagesNumber: string
/** owed, asked for or not */
payoffAmount: string
/** asked for now */
currentBalanceAmount: string
pastDueAmount: string
}

export type BillingPackageDetail = {
record: string
customerId: string
billingPackageId: string
customerName: string
doingBusinessAsName: string
vendorId: string
vendorName: string
statusCode: string
statusDescription: string
openedDate: string
closedDate: string
billCycleCode: string
billCycleDescription: string
deliveryMethodCode: string
deliveryMethodDescription: string
copiesNumber: string
dueDaysNumber: string
languageCode: string
mailingName: string
mailingAddress: Address
holdBillsFlag: 'Y' | 'N'
autopayFlag: 'Y' | 'N'
collectionFlag: 'Y' | 'N'
/** of the account package that speaks for it; empty: none */
masterAccountNumber: string
accountPackagesNumber: string
/** owed, asked for or not */
payoffAmount: string
/** asked for now */
currentBalanceAmount: string
pastDueAmount: string
/** credits that nothing has used yet */
creditAmount: string
depositHeldAmount: string
/** owed under budgets and arrangements, not asked for now */
deferredAmount: string
nextDueDate: string
oldestDueDate: string
/** the master first */
accountPackages: ({
customerId: string
customerAccountId: string
accountPackageId: string
accountNumber: string
typeCode: string
serviceTypeDescription: string
statusCode: string
startDate: string
endDate: string
masterFlag: 'Y' | 'N'
})[]
}

export type BillingPackageSummary = {
customerId: string
billingPackageId: string
customerName: string
statusCode: string
statusDescription: string
billCycleCode: string
deliveryMethodCode: string
masterAccountNumber: string
payoffAmount: string
currentBalanceAmount: string
pastDueAmount: string
creditAmount: string
depositHeldAmount: string
deferredAmount: string
nextDueDate: string
billsNumber: string
lastBillId: string
lastBillNumber: string
lastBillDate: string
lastBillAmount: string
lastBillDueDate: string
lastPaymentId: string
lastPaymentDate: string
lastPaymentAmount: string
/** of a payment method */
nextDrawDate: string
/** empty: what is asked for on the day */
nextDrawAmount: string
autopayFlag: 'Y' | 'N'
holdBillsFlag: 'Y' | 'N'
collectionFlag: 'Y' | 'N'
activeAlertsNumber: string
/** of the whole customer */
openWorkItemsNumber: string
accountPackagesNumber: string
}

export type Budget = {
customerId: string
customerAccountId: string
accountPackageId: string
accountNumber: string
/** Y when the account is on a budget now */
budgetIndicator: 'Y' | 'N'
contractId: string
statusCode: string
statusDescription: string
startDate: string
endDate: string
/** asked for each month */
budgetAmount: string
/** of the budget */
monthsNumber: string
billedMonthsNumber: string
remainingMonthsNumber: string
/** roll, settle */
trueUpCode: string
/** owed and not asked for now */
deferredAmount: string
/** of a month of the last year */
averageAmount: string
/** what would be left after the last month */
projectedTrueUpAmount: string
/** the monthly amount that would leave nothing */
proposedAmount: string
eligibleIndicator: 'Y' | 'N'
/** why it cannot be made now; empty when it can */
reasonCode: string
reasonDescription: string
/** of a new budget */
recommendedAmount: string
recommendedMonthsNumber: string
/** what the recommendation rests on */
chargedAmount: string
chargedDaysNumber: string
months: (BudgetMonth)[]
}

export type BudgetMonth = {
billId: string
billNumber: string
billDate: string
monthsNumber: string
chargedAmount: string
/** what the bill asked for */
budgetAmount: string
/** owed later; below zero: asked for ahead */
deferredAmount: string
}

export type CancelledArrears = {
contractId: string
cancelledAmount: string
heldAmount: string
statusCode: string
statusDescription: string
logId: string
}

export type CancelledCharge = {
record: string
accountChargeId: string
billingChargeId: string
startDate: string
/** exclusive */
endDate: string
/** what was taken back */
totalChargeAmount: string
cancelDate: string
statusCode: string
statusDescription: string
usageId: string
/** ready: can be charged again */
usageStatusCode: string
logId: string
}

export type CancelledExtension = {
paymentExtensionId: string
statusDate: string
statusCode: string
statusDescription: string
logId: string
}

export type CancelledPayment = {
paymentId: string
/** 8-7 digits, as printed */
paymentNumber: string
statusCode: string
cancelDate: string
cancelReason: string
cancelledAmount: string
returnCode: string
/** of the fee for a returned payment */
feeAdjustmentId: string
/** the same money paid these; all are owed again */
cancelledPaymentIds: (string)[]
/** paid with what other tenders brought */
replacedByPaymentIds: (string)[]
logId: string
}

export type CancelledUsage = {
customerId: string
customerAccountId: string
accountPackageId: string
accountNumber: string
usageId: string
beginReadDate: string
/** exclusive */
endReadDate: string
sourceCode: string
statusCode: string
statusDescription: string
}

export type Charge = {
record: string
accountChargeId: string
billingChargeId: string
typeDescription: string
statusCode: string
statusDescription: string
chargeDate: string
startDate: string
/** exclusive */
endDate: string
planDescription: string
planName: LocalizedText
consumptionNumber: string
unitMeasureDescription: string
chargeAmount: string
taxAmount: string
totalChargeAmount: string
unpaidAmount: string
dueDate: string
usageId: string
billId: string
billNumber: string
rebillsAccountChargeId: string
cancelReason: string
}

export type ChargeDetail = {
chargeDate: string
typeDescription: string
planDescription: string
sequenceNumber: string
description: string
totalChargeAmount: string
chargeAmount: string
taxAmount: string
consumptionNumber: string
record: string
accountChargeId: string
billingChargeId: string
accountComponentId: string
componentChargeId: string
}

export type ChargedAccount = {
charges: ({
accountChargeId: string
usageId: string
startDate: string
/** exclusive */
endDate: string
totalChargeAmount: string
})[]
logId: string
}

export type ClientConfig = {
clientCode: string
clientName: string
timeZone: string
languageCode: 'en' | 'es'
demo: 'Y' | 'N'
vendors: ({
vendorId: string
vendorCode: string
vendorName: string
typeDescription: string
currencyCode: string
})[]
}

export type CollectionProcessShown = {
processId: string
statusCode: 'active' | 'inactive'
debtClassCode: string
stageCode: 'served' | 'stopped'
pathCode: string
startDate: string
endDate: string
endReasonCode: string
/** past due when it began */
startAmount: string
pastDueAmount: string
/** a payment of so much ends it */
amountToStop: string
nextStepNumber: string
steps: (CollectionStepShown)[]
}

export type CollectionStep = {
record: string
customerId: string
customerName: string
billingPackageId: string
/** the process against the debt */
collectionAssignmentId: string
pathCode: string
pathDescription: string
stepId: string
typeCode: string
typeDescription: string
/** what the customer is told with */
templateCode: string
feeAmount: string
statusCode: string
statusDescription: string
/** empty: the step before is not done */
dueDate: string
doneDate: string
/** what keeps a due step from being done */
waitingForCode: string
waitingForDescription: string
/** past due when it was done */
askedAmount: string
debtClassCode: string
stageCode: string
processStatusCode: string
/** since when the oldest debt was due */
arrearsDate: string
/** past due when it began */
arrearsAmount: string
processStartDate: string
processEndDate: string
endReasonCode: string
}

export type CollectionStepShown = {
stepNumber: string
kindCode: string
statusCode: 'pending' | 'complete' | 'cancelled'
/** empty: what it waits for is not done */
dueDate: string
doneDate: string
/** why a due step was not done */
waitingForCode: string
/** past due when it was done */
askedAmount: string
templateCode: string
}

export type Contact = {
typeCode: 'phone' | 'mobile' | 'email'
value: string
mainFlag: 'Y' | 'N'
}

export type Contract = {
record: string
contractId: string
customerId: string
customerAccountId: string
accountPackageId: string
accountNumber: string
billingPackageId: string
/** budget, deposit, arrangement, promise */
typeCode: string
typeDescription: string
/** active, kept, broken, ended, cancelled */
statusCode: string
statusDescription: string
startDate: string
endDate: string
endReason: string
/** of a budget: what it asks each month */
contractAmount: string
paidAmount: string
/** asked for and not paid */
unpaidAmount: string
/** still to be asked for; of a budget: owed and put off */
waitingAmount: string
/** of a deposit */
heldAmount: string
/** of a deposit */
interestAmount: string
/** empty: with a bill that is still to come */
nextDueDate: string
nextDueAmount: string
/** the account that holds its money */
contractAccountNumber: string
/** empty: the whole billing package */
coveredAccountNumber: string
requestedByName: string
note: string
createdTimeStamp: string
createdByUserId: string
}

export type ContractActivity = {
record: string
contractId: string
activityDate: string
/** what was done, or what the contract asked for or put off */
typeCode: string
typeDescription: string
/** above zero: asked for; below: put off */
amount: string
dueDate: string
sequenceNumber: string
/** the account on which it was asked for */
accountNumber: string
billId: string
billNumber: string
chargedAmount: string
monthsNumber: string
undoneIndicator: 'Y' | 'N'
activityTimeStamp: string
userId: string
logText: string
}

export type ContractEndTerms = {
contractId: string
typeCode: string
typeDescription: string
statusCode: string
statusDescription: string
startDate: string
/** the day for which this tells what would happen */
endDate: string
canEndIndicator: 'Y' | 'N'
/** would be asked for at once; below zero: credited */
dueNowAmount: string
/** would no longer be asked for */
cancelledAmount: string
/** would be given back, with interest */
refundAmount: string
}

export type ContractSchedule = {
record: string
contractId: string
sequenceNumber: string
/** empty: with a bill that is still to come */
dueDate: string
scheduleAmount: string
paidAmount: string
unpaidAmount: string
/** of a budget: what the bill charged */
chargedAmount: string
/** of a budget: what it put off */
deferredAmount: string
/** planned, asked, paid, cancelled */
statusCode: string
statusDescription: string
billId: string
billNumber: string
}

export type CoolOffPeriod = {
customerId: string
customerAccountId: string
accountPackageId: string
accountNumber: string
startDate: string
/** exclusive */
endDate: string
reasonDescription: string
}

export type CreditApplied = {
record: string
/** whose credit it was */
fromAccountNumber: string
/** whose debt it paid */
toAccountNumber: string
appliedAmount: string
effectiveDate: string
}

export type Customer = {
customerId: string
vendorId: string
vendorName: string
customerName: string
firstName: string
lastName: string
organizationName: string
doingBusinessAsName: string
typeCode: 'human' | 'organisation'
classCode: string
statusCode: string
statusDescription: string
languageCode: string
customerSinceDate: string
contacts: (Contact)[]
alerts: (Alert)[]
customerAccounts: ({
customerAccountId: string
name: string
})[]
billingPackages: ({
billingPackageId: string
statusCode: string
billCycleCode: string
deliveryMethodCode: string
copiesNumber: string
dueDaysNumber: string
languageCode: string
mailingName: string
mailingAddress: Address
})[]
}

export type CustomerContact = {
record: string
customerId: string
contactId: string
typeCode: 'human' | 'organisation'
contactName: string
firstName: string
lastName: string
organizationName: string
doingBusinessAsName: string
languageCode: string
/** Y: the customer itself */
mainFlag: 'Y' | 'N'
phoneNumber: string
mobileNumber: string
emailAddress: string
/** since when it has to do with the customer */
startDate: string
roles: ({
billingPackageId: string
roleCode: 'main' | 'payer' | 'guarantor' | 'copy'
roleDescription: string
startDate: string
/** exclusive */
endDate: string
activeFlag: 'Y' | 'N'
})[]
/** past ones too */
contactMethods: ({
contactMethodId: string
typeCode: 'phone' | 'mobile' | 'email'
value: string
mainFlag: 'Y' | 'N'
startDate: string
/** exclusive */
endDate: string
activeFlag: 'Y' | 'N'
})[]
}

export type CustomerFound = {
record: string
customerId: string
customerName: string
doingBusinessAsName: string
classCode: string
statusCode: string
statusDescription: string
phoneNumber: string
emailAddress: string
serviceAddress: Address
accountPackages: ({
customerId: string
customerAccountId: string
accountPackageId: string
accountNumber: string
statusCode: string
})[]
}

export type CustomerSummary = {
customerId: string
customerName: string
statusCode: string
currentBalanceAmount: string
pastDueAmount: string
nextDueDate: string
lastBillDate: string
lastBillAmount: string
lastPaymentDate: string
lastPaymentAmount: string
activeAlertsNumber: string
openWorkItemsNumber: string
accountPackages: ({
customerId: string
customerAccountId: string
accountPackageId: string
accountNumber: string
billingPackageId: string
serviceTypeDescription: string
statusCode: string
planDescription: string
planName: LocalizedText
serviceAddress: Address
startDate: string
endDate: string
balanceAmount: string
})[]
}

export type DepositApplied = {
record: string
contractId: string
heldAmount: string
interestAmount: string
/** paid what the billing package owed */
appliedAmount: string
remainingAmount: string
/** where the rest is a credit */
remainingAccountNumber: string
refundCode: string
refundDescription: string
effectiveDate: string
logId: string
}

export type EligibleFee = {
record: string
feeCode: string
feeDescription: string
feeDescriptionSpanish: string
/** empty: the fee has no amount of its own */
feeAmount: string
generalLedgerCode: string
/** empty: never needs approval */
approvalAboveAmount: string
/** Y: has a line of its own on the bill */
onBillIndicator: 'Y' | 'N'
}

export type EndedService = {
customerId: string
customerAccountId: string
accountPackageId: string
accountNumber: string
statusCode: string
statusDescription: string
startDate: string
/** exclusive */
endDate: string
serviceRequestId: string
serviceRequestStatusCode: string
steps: ({
sequence: string
stepCode: string
stepDescription: string
statusCode: string
/** not before; empty: as soon as the steps before it are done */
dueDate: string
})[]
}

export type Exemption = {
record: string
customerId: string
customerAccountId: string
accountPackageId: string
accountNumber: string
exemptionId: string
typeCode: string
categoryDescription: string
startDate: string
/** exclusive; empty while it lasts */
endDate: string
/** future, active or ended */
statusCode: string
statusDescription: string
/** 0 to 1; of a tax */
exemptPercent: string
taxTypes: string
taxCertificateDescription: string
reasonDescription: string
}

export type FeeCharged = {
adjustmentId: string
feeCode: string
feeDescription: string
feeAmount: string
chargeDate: string
/** frozen: posted; pending_approval: waits for another person */
statusCode: string
statusDescription: string
logId: string
}

export type Found = {
kind: 'account' | 'customer' | 'bill' | 'meter' | 'premise'
title: string
subtitle: string
matchedField: 'accountNumber' | 'customerNumber' | 'billNumber' | 'meterNumber' | 'ldcAccountNumber' | 'phone' | 'email' | 'name' | 'address'
matchedValue: string
statusCode: string
customerId: string
customerAccountId: string
accountPackageId: string
accountNumber: string
billingPackageId: string
billId: string
premiseId: string
}

export type Home = {
openWorkItems: ({
typeCode: string
itemsNumber: string
oldestAt: string
})[]
openWorkItemsNumber: string
runningBillRunsNumber: string
/** cycle windows that are open or late, and not billed */
windowsDueNumber: string
pastDueAccountsNumber: string
pastDueAmount: string
billsLast30DaysNumber: string
billedLast30DaysAmount: string
estimatedBillsLast30DaysNumber: string
activeAgreementsNumber: string
}

export type InstallationPermission = {
record: string
permissionId: string
permissionCode: string
permissionName: string
permissionDescription: string
statusCode: 'active' | 'inactive'
statusDescription: string
/** Y: the caller holds it, so may hand it out */
heldIndicator: 'Y' | 'N'
numberOfRoles: string
/** active users who have it now */
numberOfUsers: string
/** clients in which an active user has it */
numberOfClients: string
}

export type Intervals = {
timeZone: string
from: string
to: string
grain: 'interval' | 'hour' | 'day' | 'month'
channels: ({
servicePointId: string
unitMeasureDescription: string
flow: 'delivered' | 'received' | 'net'
/** length of a measured interval */
intervalSeconds: number
scale: number
/** epoch second at which each value begins */
startSeconds: (number)[]
/** null: nothing is known */
values: (number | null)[]
/** of each value; of a sum the worst of its intervals */
quality: ('measured' | 'estimated' | 'edited' | 'missing')[]
/** what of each sum fell into each time of use of the plan; empty when it has none */
timesOfUse: ({
timeOfUseCode: string
values: (number)[]
})[]
})[]
}

export type LineTrace = {
line: BillLine
/** one sentence with the formula in numbers */
reason: LocalizedText
planName: LocalizedText
planCode: string
planVersion: string
planEffectiveDate: string
/** exclusive; empty while it is in force */
planEndDate: string
prorationDays: string
prorationOfDays: string
prorationRule: string
bandText: string
/** the lines a percentage or bound was computed on */
baseLines: (BillLine)[]
usage: {
timeZone: string
unitMeasureDescription: string
timeOfUseCode: string
intervalSeconds: number
scale: number
startSeconds: (number)[]
values: (number | null)[]
quality: ('measured' | 'estimated' | 'edited' | 'missing')[]
/** whether the interval is in the line: its time of use */
counted: (boolean)[]
countedSum: string
daySums: ({
day: string
quantity: string
})[]
/** Y: the sum is the quantity of the line */
agrees: 'Y' | 'N'
} | null
readings: ({
meterNumber: string
beginReadNumber: string
endReadNumber: string
})[]
ledger: ({
debitCode: string
creditCode: string
amount: string
})[]
}

export type LocalizedText = {
en: string
es: string
}

export type Login = {
token: Token
user: SignedInUser
}

export type MarketDetail = {
customerId: string
customerAccountId: string
accountPackageId: string
accountNumber: string
marketDetailId: string
typeCode: string
typeDescription: string
value: string
canShowEndDate: 'true' | 'false'
startDate: string
/** exclusive; empty while it lasts */
endDate: string
effectiveDate: string
/** empty: it came from no transaction */
transactionId: string
originalTransactionId: string
ldcAccountNumber: string
processedIndicator: 'Y' | 'N'
/** the utility's number of the place */
sdpNumberCode: string
marketStatusDescription: string
detailAmount: string
billMethodDescription: string
/** by commas */
billMethodDescriptionChoices: string
flowDirectionDescription: string
scriptName: string
interruptibleIndicator: 'Y' | 'N'
reasonCode: string
reasonDescription: string
}

export type MarketDetailListed = {
record: string
customerId: string
customerAccountId: string
accountPackageId: string
accountNumber: string
marketDetailId: string
typeCode: string
typeDescription: string
value: string
marketStatusDescription: string
startDate: string
/** exclusive; empty while it lasts */
endDate: string
}

export type Meter = {
meterNumber: string
serialNumber: string
servicePointId: string
ldcAccountNumber: string
timeZone: string
installedDate: string
removedDate: string
intervalMinutes: string
unitMeasureDescription: string
}

export type MethodShown = {
methodNumber: string
kindCode: 'card' | 'bank'
brand: string
lastFour: string
holderName: string
nickname: string
expiryDate: string
expiredFlag: 'Y' | 'N'
verificationCode: 'unverified' | 'verified' | 'failed'
defaultFlag: 'Y' | 'N'
}

export type MoneyBudget = {
monthlyAmount: string
monthsAsked: string
monthsLeft: string
chargedAmount: string
askedAmount: string
paidAmount: string
/** owed and put off; less than zero: asked for ahead */
varianceAmount: string
projectedTrueUpAmount: string
trueUpCode: 'roll' | 'settle'
months: (MoneyBudgetMonth)[]
}

export type MoneyBudgetMonth = {
askedDate: string
billId: string
billNumber: string
months: string
chargedAmount: string
askedAmount: string
/** less than zero: asked for ahead */
putOffAmount: string
}

export type MoneyContract = {
contractNumber: string
kindCode: 'budget' | 'deposit' | 'arrangement' | 'promise'
statusCode: 'active' | 'kept' | 'broken' | 'ended' | 'cancelled'
startDate: string
endDate: string
endReasonCode: string
/** promised, arranged or required; of a budget what it asks each month */
amount: string
requestedBy: string
note: string
schedule: (MoneyContractPart)[]
budget: MoneyBudget | null
deposit: MoneyDeposit | null
}

export type MoneyContractPart = {
partNumber: string
/** empty: asked with a bill that is still to come */
dueDate: string
amount: string
paidAmount: string
statusCode: 'planned' | 'asked' | 'missed' | 'paid' | 'cancelled'
billId: string
billNumber: string
}

export type MoneyDeposit = {
formCode: 'cash' | 'guarantor' | 'letter_of_credit' | 'surety_bond'
reasonCode: 'new_service' | 'credit' | 'disconnected' | 'bankruptcy' | 'other'
unpaidAmount: string
heldAmount: string
/** credited, and earned since */
interestAmount: string
evidence: string
validUntilDate: string
}

export type MoneyHolder = {
customerId: string
customerAccountId: string
accountPackageId: string
accountNumber: string
kindCode: 'service' | 'deposit' | 'arrangement' | 'overpayment' | 'write_off' | 'item'
debtClassCode: string
statusCode: string
/** asked for now */
currentBalanceAmount: string
pastDueAmount: string
putOffAmount: string
/** of a deposit that was paid */
heldAmount: string
}

export type NewPassword = {
/** code of the client */
clientName: string
userName: string
}

export type OneTimePayment = {
/** empty until a method is drawn */
paymentId: string
paymentNumber: string
/** of a method that is drawn */
paymentRequestId: string
customerId: string
billingPackageId: string
amount: string
paymentDate: string
/** frozen: posted; waiting: to be drawn */
statusCode: string
statusDescription: string
/** what the billing package is asked for now */
balanceAmount: string
logId: string
}

export type Pagination = {
page: string
pageSize: string
totalRecords: string
totalPages: string
}

export type PasswordReset = {
userId: string
userName: string
emailAddress: string
passwordResetId: string
expiresAt: string
}

export type PayExtensionKey = {
paymentExtensionId: string
logId: string
}

export type PayExtensionTerms = {
/** asked for now, without deposits */
totalCharges: string
pastDueCharges: string
/** deposits for this account that are not paid */
depoistCharges: string
depositCharges: string
maximumSchedules: string
/** Y: what does not divide is on the first schedule; N: on the last */
frontLoad: 'Y' | 'N'
maximumExtensionDays: string
minimumExtensionAmount: string
/** the most that can be promised */
eligibleAmount: string
/** how much of all the first schedule is at least */
firstSchedulePercent: string
eligibleIndicator: 'Y' | 'N'
/** why it cannot be made now; empty when it can */
reasonCode: string
reasonDescription: string
}

export type Payment = {
record: string
paymentId: string
/** 8-7 digits, as printed */
paymentNumber: string
/** 0: nobody yet */
customerId: string
customerName: string
/** empty: unapplied */
billingPackageId: string
payerCustomerId: string
payerName: string
/** the money that came in at once, on the payer’s file */
paymentEventId: string
paymentDate: string
receivedAt: string
receivedByUser: string
sourceCode: string
sourceDescription: string
tenderTypeCode: string
tenderTypeDescription: string
/** check, trace or authorisation number */
referenceNumber: string
/** the sender’s number of the money */
externalNumber: string
paymentAmount: string
/** what of it pays debts now */
appliedAmount: string
/** the rest: a credit of the customer */
unappliedAmount: string
statusCode: string
statusDescription: string
cancelDate: string
cancelReason: string
/** of the bank */
returnCode: string
/** why it cannot be posted */
errorText: string
}

export type PaymentContractTerms = {
customerId: string
customerAccountId: string
accountPackageId: string
accountNumber: string
customerName: string
/** asked for now */
totalCharges: string
pastDueCharges: string
depositCharges: string
eligibleAmount: string
maximumSchedules: string
minimumScheduleAmount: string
downPaymentPercent: string
minimumDownPaymentAmount: string
graceDays: string
eligibleIndicator: 'Y' | 'N'
/** why it cannot be made now; empty when it can */
reasonCode: string
reasonDescription: string
/** how it would be split, when the query says how */
schedules: ({
sequence: string
amount: string
date: string
})[]
}

export type PaymentDetail = {
record: string
paymentId: string
/** 8-7 digits, as printed */
paymentNumber: string
/** 0: nobody yet */
customerId: string
customerName: string
/** empty: unapplied */
billingPackageId: string
payerCustomerId: string
payerName: string
/** the money that came in at once, on the payer’s file */
paymentEventId: string
paymentDate: string
receivedAt: string
receivedByUser: string
sourceCode: string
sourceDescription: string
tenderTypeCode: string
tenderTypeDescription: string
/** check, trace or authorisation number */
referenceNumber: string
/** the sender’s number of the money */
externalNumber: string
paymentAmount: string
/** what of it pays debts now */
appliedAmount: string
/** the rest: a credit of the customer */
unappliedAmount: string
statusCode: string
statusDescription: string
cancelDate: string
cancelReason: string
/** of the bank */
returnCode: string
/** why it cannot be posted */
errorText: string
/** in the books */
entryId: string
/** what alone it pays; empty: what the account owes */
targetTypeCode: string
targetId: string
errorCode: string
/** the cancelled payment whose money this is */
replacesPaymentId: string
replacedByPaymentIds: (string)[]
tenders: ({
tenderId: string
typeCode: string
typeDescription: string
referenceNumber: string
amount: string
statusCode: string
/** the till or batch that it is counted in */
controlId: string
cancelDate: string
cancelReason: string
returnCode: string
})[]
accountPackages: ({
customerId: string
customerAccountId: string
accountPackageId: string
accountNumber: string
debtClassCode: string
amount: string
appliedAmount: string
})[]
/** every payment that the same money made */
eventPayments: ({
paymentId: string
/** 8-7 digits, as printed */
paymentNumber: string
customerId: string
customerName: string
billingPackageId: string
amount: string
statusCode: string
})[]
}

export type PaymentDirection = {
record: string
paymentId: string
/** 8-7 digits, as printed */
paymentNumber: string
customerId: string
customerAccountId: string
accountPackageId: string
accountNumber: string
debtClassCode: string
/** of the debt: charge, fee, adjustment */
typeCode: string
typeDescription: string
/** when the debt is a charge */
accountChargeId: string
referenceCode: string
chargeDate: string
dueDate: string
billId: string
billNumber: string
debtAmount: string
/** by this payment */
paidAmount: string
/** of the debt, by nobody */
unpaidAmount: string
paidAt: string
}

export type PaymentExtension = {
record: string
customerId: string
customerAccountId: string
accountPackageId: string
/** its digits only */
accountNumber: string
paymentExtensionId: string
extensionAmount: string
receivedAmount: string
startDate: string
statusDate: string
statusCode: string
statusDescription: string
requestedByName: string
logText: string
schedules: (ContractSchedule)[]
}

export type PaymentLog = {
record: string
paymentId: string
/** 8-7 digits, as printed */
paymentNumber: string
/** empty of an act */
logId: string
logDate: string
userName: string
/** note, call, letter or system; act: what was done to the money */
typeCode: string
operationCode: string
description: string
doorCode: string
logText: string
}

export type PaymentMethod = {
record: string
customerId: string
paymentMethodId: string
typeCode: 'card' | 'bank'
typeDescription: string
nickname: string
holderName: string
brandDescription: string
lastFourDigits: string
/** of a bank account */
routingNumber: string
/** checking or savings */
accountTypeCode: string
/** last month of a card, YYYYMM */
expirationDate: string
gatewayCode: string
verificationCode: string
defaultFlag: 'Y' | 'N'
statusCode: string
statusDescription: string
/** whether it can pay today */
usableFlag: 'Y' | 'N'
unusableReason: string
}

export type PaymentMethodDetail = {
record: string
customerId: string
paymentMethodId: string
typeCode: 'card' | 'bank'
typeDescription: string
nickname: string
holderName: string
brandDescription: string
lastFourDigits: string
/** of a bank account */
routingNumber: string
/** checking or savings */
accountTypeCode: string
/** last month of a card, YYYYMM */
expirationDate: string
gatewayCode: string
verificationCode: string
defaultFlag: 'Y' | 'N'
statusCode: string
statusDescription: string
/** whether it can pay today */
usableFlag: 'Y' | 'N'
unusableReason: string
autopays: ({
customerId: string
billingPackageId: string
autopayId: string
startDate: string
endDate: string
limitAmount: string
suspendedFlag: 'Y' | 'N'
suspendReason: string
})[]
waitingPayments: ({
customerId: string
paymentRequestId: string
billingPackageId: string
drawDate: string
amount: string
statusCode: string
})[]
}

export type PaymentRequest = {
record: string
customerId: string
paymentRequestId: string
billingPackageId: string
/** once, scheduled or autopay */
typeCode: string
payerCustomerId: string
paymentMethodId: string
drawDate: string
/** the most that is drawn; empty: what is asked for on the day */
amount: string
billId: string
statusCode: string
statusDescription: string
reasonCode: string
/** once it is paid */
paymentEventId: string
}

export type Permission = {
record: string
permissionId: string
permissionCode: string
permissionName: string
permissionDescription: string
statusCode: 'active' | 'inactive'
statusDescription: string
/** Y: the caller holds it, so may hand it out */
heldIndicator: 'Y' | 'N'
numberOfRoles: string
/** active users who have it now */
numberOfUsers: string
}

export type PlanChangeTerms = {
showPlanExperation: 'Y' | 'N'
/** the same as showPlanExperation */
showPlanExpiration: 'Y' | 'N'
/** service is charged up to this day (exclusive); no plan change before */
prevChargeDate: string
showPlanTerm: 'Y' | 'N'
/** first day on which the present contract no longer binds */
renewalDate: string
accountPackageStartDate: string
}

export type PostedUsage = {
usageId: string
statusCode: string
}

export type Premise = {
premiseId: string
typeCode: string
typeDescription: string
addressLine1: string
addressLine2: string
city: string
stateCode: string
postalCode: string
countryCode: string
latitude: string
longitude: string
servicePoints: ({
record: string
servicePointId: string
packageId: string
serviceTypeDescription: string
statusCode: string
statusDescription: string
/** the utility's number of the place */
sdpNumberCode: string
timeZone: string
/** of the meters that hang there now */
meterNumbers: (string)[]
/** who is and was served, latest first */
accounts: ({
customerId: string
customerAccountId: string
accountPackageId: string
accountNumber: string
statusCode: string
statusDescription: string
startDate: string
/** exclusive; empty while it lasts */
endDate: string
})[]
})[]
}

export type PremiseFound = {
record: string
premiseId: string
typeDescription: string
address: Address
servicePoints: ({
servicePointId: string
serviceTypeDescription: string
ldcAccountNumber: string
meterNumber: string
statusCode: string
})[]
accountPackages: ({
customerId: string
customerAccountId: string
accountPackageId: string
accountNumber: string
customerName: string
statusCode: string
})[]
}

export type ProtectionShown = {
protectionNumber: string
kindCode: 'life_support' | 'medical' | 'dispute' | 'bankruptcy' | 'hold'
forbidsCode: 'cut' | 'all' | 'amount'
amount: string
startDate: string
/** the first day without; empty: until it is ended */
endDate: string
evidence: string
reason: string
activeFlag: 'Y' | 'N'
createdBy: string
}

export type ReassignedPlan = {
renewalIndicator: 'Y' | 'N'
previousChargeDate: string
showPlanTerm: 'Y' | 'N'
renewalDate: string
showPlanExpiration: 'Y' | 'N'
accountPackageStartDate: string
/** the plan as listed under pricingplans */
accountPricingId: string
}

export type RegisteredPermission = {
record: string
permissionCode: string
permissionName: string
/** Y: roles can hold it */
createdIndicator: 'Y' | 'N'
permissionId: string
operations: ({
operationName: string
route: string
operationDescription: string
})[]
}

export type Role = {
record: string
roleId: string
roleCode: string
roleName: string
roleDescription: string
/** code of the client */
clientName: string
numberOfUsers: string
numberOfPermissions: string
}

export type RoleDetails = {
record: string
roleId: string
roleCode: string
roleName: string
roleDescription: string
/** code of the client */
clientName: string
numberOfUsers: string
numberOfPermissions: string
permissions: ({
permissionId: string
permissionCode: string
permissionName: string
statusCode: 'active' | 'inactive'
})[]
users: ({
userId: string
userName: string
displayName: string
statusCode: string
})[]
}

export type SignedInUser = {
userId: string
userName: string
displayName: string
emailAddress: string
languageCode: 'en' | 'es'
clientCode: string
clientName: string
timeZone: string
/** the business day of the client, by the clock of the installation */
today: string
demo: 'Y' | 'N'
roles: (string)[]
permissions: (string)[]
}

export type TimelineEvent = {
cursor: string
kind: 'bill' | 'charge' | 'payment' | 'adjustment' | 'contract' | 'collection' | 'notice' | 'usage' | 'contact' | 'plan' | 'agreement' | 'workItem' | 'meter'
/** what happened: billCompleted, chargeCancelled, paymentReceived ... */
code: string
date: string
at: string
text: LocalizedText
/** free text stands as somebody wrote it in both languages */
detail: LocalizedText
amount: string
actor: string
statusCode: string
billId: string
chargeId: string
usageId: string
paymentId: string
workItemId: string
}

export type Token = {
accessToken: string
tokenType: 'Bearer'
/** seconds */
expiresIn: string
}

export type TransferTerms = {
accountNumber: string
/** debt that can move to another account */
eligibleTransferAmount: string
customerName: string
/** credit that can move to another account */
eligibleCreditAmount: string
/** when moved debt is due */
lastDueDate: string
statusCode: string
statusDescription: string
}

export type Transferred = {
record: string
adjustmentId: string
accountNumber: string
/** from, to */
directionCode: string
/** above zero: this account owes more */
transferAmount: string
transferDate: string
dueDate: string
statusCode: string
statusDescription: string
logId: string
}

export type TransferredPayment = {
/** cancelled */
fromPaymentId: string
paymentId: string
/** 8-7 digits, as printed */
paymentNumber: string
customerId: string
billingPackageId: string
amount: string
/** what stays where it was; empty when all is transferred */
remainderPaymentId: string
remainderAmount: string
transferDate: string
logId: string
}

export type Usage = {
record: string
usageId: string
beginReadDate: string
/** exclusive: the day after the last day of usage */
endReadDate: string
usageNumber: string
unitMeasureDescription: string
statusCode: string
statusDescription: string
sourceCode: string
estimatedFlag: 'Y' | 'N'
billId: string
billNumber: string
chargeAmount: string
usageDetailList: ({
productTransferType: string
unitMeasureDescription: string
timeOfUseCode: string
measurementSignificanceCode: string
usageNumber: string
equipmentIdCode: string
beginReadNumber: string
endReadNumber: string
estimatedFlag: 'Y' | 'N'
})[]
}

export type User = {
record: string
userId: string
userName: string
displayName: string
emailAddress: string
languageCode: 'en' | 'es'
/** code of the client */
clientName: string
statusCode: 'active' | 'locked' | 'disabled'
statusDescription: string
createdAt: string
lastLoginAt: string
/** in a row */
failedLogins: string
lockedUntil: string
roles: ({
roleId: string
roleCode: string
roleName: string
})[]
}

export type UserDetails = {
record: string
userId: string
userName: string
displayName: string
emailAddress: string
languageCode: 'en' | 'es'
/** code of the client */
clientName: string
statusCode: 'active' | 'locked' | 'disabled'
statusDescription: string
createdAt: string
lastLoginAt: string
/** in a row */
failedLogins: string
lockedUntil: string
roles: ({
roleId: string
roleCode: string
roleName: string
})[]
/** what the user may do now */
permissions: (string)[]
overrides: ({
permissionCode: string
overrideCode: 'granted' | 'denied'
})[]
openSessions: string
/** the last five links to a new password, newest first */
passwordResets: ({
passwordResetId: string
requestedByName: string
requestedAt: string
expiresAt: string
statusCode: 'waiting' | 'mailed' | 'failed' | 'expired' | 'ended'
statusDescription: string
})[]
}

export type UserPermission = {
record: string
permissionId: string
permissionCode: string
permissionName: string
permissionDescription: string
statusCode: 'active' | 'inactive'
/** roles of the user that hold it */
roleCodes: (string)[]
overrideCode: '' | 'granted' | 'denied'
/** Y: the user has it now */
effectiveIndicator: 'Y' | 'N'
}

export type ValidCancelBill = {
validFlag: 'Y' | 'N'
/** why it cannot be cancelled */
reasonCode: string
reason: string
customerId: string
billingPackageId: string
billId: string
billNumber: string
statusCode: string
statusDescription: string
billDate: string
dueDate: string
startDate: string
/** exclusive */
endDate: string
chargesAmount: string
amountDueAmount: string
/** what has paid the bill and would pay other debts, or be a credit */
paidAmount: string
/** charges that would be cancelled with it */
charges: ({
customerId: string
customerAccountId: string
accountPackageId: string
accountNumber: string
accountChargeId: string
startDate: string
/** exclusive */
endDate: string
amount: string
})[]
}

export type ValidPlan = {
serviceTypeDescription: string
planDescription: string
statusDescrition: string
/** the same as statusDescrition */
statusDescription: string
territoryCode: string
postIntroPlanName: string
rateCode: string
introductoryBillingsNumber: string
descriptionText: string
record: string
vendorId: string
packageId: string
pricingPlanId: string
}

export type WorkItem = {
customerId: string
customerAccountId: string
accountPackageId: string
accountNumber: string
workItemId: string
typeCode: string
reasonCode: string
reason: LocalizedText
remedy: LocalizedText
statusCode: 'open' | 'done' | 'cancelled'
priorityNumber: string
customerName: string
assignedTo: string
dueDate: string
billRunId: string
createdAt: string
closedAt: string
closedBy: string
}

export type WriteOff = {
record: string
writeOffId: string
customerId: string
customerAccountId: string
accountPackageId: string
accountNumber: string
billingPackageId: string
/** debt, discharge */
typeCode: string
writeOffAmount: string
writeOffDate: string
/** active, dismissed */
statusCode: string
statusDescription: string
dismissalDate: string
reasonDescription: string
/** the account on which it is still owed */
writeOffAccountNumber: string
createdTimeStamp: string
createdByUserId: string
}

export type Operations = {
  /** Sign in with user name and password */
  login: { headers: { clientName: string }; body: { userName: string; password: string }; reply: {
responseData: (Login)[]
} }
  /** Choose a password with the token of a mailed link */
  chooseNewPassword: { body: { resetToken: string; newPassword: string }; reply: {
responseData: (NewPassword)[]
} }
  /** The client of the session, its companies and settings */
  clientConfig: { reply: {
responseData: (ClientConfig)[]
} }
  /** A new token for the one that is sent, which ends */
  loginWithToken: { reply: {
responseData: (Login)[]
} }
  /** Who is signed in, and what they may do */
  me: { reply: {
responseData: (SignedInUser)[]
} }
  /** End the session */
  logout: { reply: {
responseData: ({
ended: 'Y'
})[]
} }
  /** Customers by name, number, phone, e-mail, address or meter */
  searchCustomers: { body?: { customerId?: string | undefined; customerName?: string | undefined; accountNumber?: string | undefined; phoneNumber?: string | undefined; emailAddress?: string | undefined; addressText?: string | undefined; postalCode?: string | undefined; meterNumber?: string | undefined; ldcAccountNumber?: string | undefined; statusCode?: 'active' | 'inactive' | undefined; page?: string | undefined; pageSize?: string | undefined }; reply: {
responseData: (CustomerFound)[]
pagination: Pagination
} }
  /** Premises by address, meter or utility account number */
  searchPremises: { body?: { premiseId?: string | undefined; addressText?: string | undefined; city?: string | undefined; stateCode?: string | undefined; postalCode?: string | undefined; meterNumber?: string | undefined; ldcAccountNumber?: string | undefined; page?: string | undefined; pageSize?: string | undefined }; reply: {
responseData: (PremiseFound)[]
pagination: Pagination
} }
  /** Bills by number, date, status, amount or run */
  searchBills: { body?: { customerId?: string | undefined; billingPackageId?: string | undefined; billNumber?: string | undefined; statusCode?: 'pending' | 'complete' | 'cancelled' | 'reopened' | 'credit_note' | undefined; billDateFrom?: string | undefined; billDateTo?: string | undefined; amountFrom?: string | undefined; amountTo?: string | undefined; billRunId?: string | undefined; page?: string | undefined; pageSize?: string | undefined }; reply: {
responseData: (Bill)[]
pagination: Pagination
} }
  /** Anything by anything, best match first */
  find: { body: { q: string; limit?: string | undefined }; reply: {
responseData: (Found)[]
} }
  /** A customer with contacts, alerts, sets and billing packages */
  getCustomer: { params: { customerId: string }; reply: {
responseData: (Customer)[]
} }
  /** A customer at a glance: balances, last bill and payment, account packages */
  getCustomerSummary: { params: { customerId: string }; reply: {
responseData: (CustomerSummary)[]
} }
  /** An account package with premise, meters, facts and exemptions */
  getAccount: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; reply: {
responseData: (AccountDetails)[]
} }
  /** An account package at a glance */
  getAccountSummary: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; reply: {
responseData: (AccountSummary)[]
} }
  /** The header of the account screen */
  getAccountOverview: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; reply: {
responseData: (AccountOverview)[]
} }
  /** What is asked for, put off and owed, with contracts, collection, ways to pay and notices */
  getAccountMoney: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; reply: {
responseData: (AccountMoney)[]
} }
  /** At most five things somebody must know or do */
  getAccountAttention: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; reply: {
responseData: (Attention)[]
} }
  /** Everything that happened, latest first */
  getAccountTimeline: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; query?: { before?: string | undefined; limit?: string | undefined; kinds?: string | undefined }; reply: {
responseData: (TimelineEvent)[]
} }
  /** What happened at an account package, latest first */
  getAccountActivity: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; query?: { typeCode?: 'bill' | 'charge' | 'payment' | 'adjustment' | 'contract' | 'collection' | 'notice' | 'usage' | 'contact' | 'plan' | 'agreement' | 'workItem' | 'meter' | undefined; before?: string | undefined; pageSize?: string | undefined }; reply: {
responseData: (AccountActivity)[]
} }
  /** Write a note about an account package into the contact log */
  saveAccountLog: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; body: { logText: string; typeCode?: 'note' | 'call' | 'letter' | undefined }; reply: {
responseData: (AccountLog)[]
} }
  /** From when an account package may go to another pricing plan, and what that asks for */
  validateReassignPlan: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; reply: {
responseData: (PlanChangeTerms)[]
} }
  /** Put an account package on another pricing plan from a day on */
  reassignPlan: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; body: { startDate: string; vendorId: string; packageId: string; pricingPlanId: string; renewalInd: string; planTermNum?: string | undefined; expirationCode?: string | undefined; logText?: string | undefined }; reply: {
responseData: (ReassignedPlan)[]
} }
  /** Put right the first day of service, with the plan and all that began on it */
  updateStartDates: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; body: { startDate: string; logText?: string | undefined }; reply: {
responseData: (AccountDates)[]
} }
  /** End the service of an account package on a day, with its final bill */
  endAccountService: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; body: { endDate: string; logText?: string | undefined }; reply: {
responseData: (EndedService)[]
} }
  /** Let the cooling-off period of an account package end on another day */
  updateCoolOffPeriod: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; body: { endDate: string; logText?: string | undefined }; reply: {
responseData: (CoolOffPeriod)[]
} }
  /** What an account package is exempt from: taxes, late fees, collections, disconnection */
  getAccountExemptions: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; query?: { page?: string | undefined; pageSize?: string | undefined }; reply: {
responseData: (Exemption)[]
pagination: Pagination
} }
  /** Exempt an account package from taxes, late fees, collections or disconnection for a time */
  addAccountExemption: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; body: { categoryDescription: string; startDate: string; endDate?: string | undefined; exemptPercent?: string | undefined; reasonDescription?: string | undefined; taxCertificateDescription?: string | undefined; taxTypes?: string | undefined; logText?: string | undefined }; reply: {
responseData: (Exemption)[]
} }
  /** End exemptions of an account package on a day */
  endAccountExemptions: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; query?: { endDate?: string | undefined; exemptionIds?: (string | number | boolean)[] | string | number | boolean | undefined }; body?: { endDate?: string | undefined; exemptionIds?: (string | number | boolean)[] | string | number | boolean | undefined; logText?: string | undefined }; reply: {
responseData: (Exemption)[]
} }
  /** What is agreed with the market about an account package */
  getMarketDetails: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; reply: {
responseData: (MarketDetailListed)[]
} }
  /** A market detail, with what it may be changed to */
  getMarketDetail: { params: { customerId: string; customerAccountId: string; accountPackageId: string; marketDetailId: string }; reply: {
responseData: (MarketDetail)[]
} }
  /** Put right the value and days of a market detail */
  changeMarketDetail: { params: { customerId: string; customerAccountId: string; accountPackageId: string; marketDetailId: string }; body: { startDate: string; endDate?: string | undefined; value: string; logText?: string | undefined }; reply: {
responseData: (MarketDetail)[]
} }
  /** Put right the days of a market detail */
  updateMarketDates: { params: { customerId: string; customerAccountId: string; accountPackageId: string; marketDetailId: string }; body: { startDate: string; endDate?: string | undefined; logText?: string | undefined }; reply: {
responseData: (MarketDetail)[]
} }
  /** Usage periods with their quantities, latest first */
  getAccountUsage: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; query?: { startDate?: string | undefined; endDate?: string | undefined; page?: string | undefined; pageSize?: string | undefined }; reply: {
responseData: (Usage)[]
pagination: Pagination
} }
  /** Post a quantity of usage for a period */
  postUsage: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; body: { beginReadDate: string; endReadDate: string; usageNumber: string; unitMeasureDescription: string; transactionId?: string | undefined; productTransferType: string; measurementSignificanceCode?: string | undefined; equipmentIdCode?: string | undefined; netMeteringUsageNumber?: string | undefined }; reply: {
responseData: (PostedUsage)[]
} }
  /** Cancel usage that no charge holds */
  cancelUsage: { params: { customerId: string; customerAccountId: string; accountPackageId: string; usageId: string }; body?: { logText?: string | undefined }; reply: {
responseData: (CancelledUsage)[]
} }
  /** Interval measurements, as measured or summed by hour, day or month */
  getAccountIntervals: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; query: { from: string; to: string; grain?: 'interval' | 'hour' | 'day' | 'month' | undefined }; reply: {
responseData: (Intervals)[]
} }
  /** An address with its service points, meters, and who is served there */
  getPremise: { params: { premiseId: string }; reply: {
responseData: (Premise)[]
} }
  /** Put right the address, type or place of a premise */
  changePremise: { params: { premiseId: string }; body?: { typeCode?: 'house' | 'apartment' | 'business' | 'industrial' | 'lighting' | 'other' | undefined; addressLine1?: string | undefined; addressLine2?: string | undefined; city?: string | undefined; stateCode?: string | undefined; postalCode?: string | undefined; countryCode?: string | undefined; latitude?: string | undefined; longitude?: string | undefined; logText?: string | undefined }; reply: {
responseData: (Premise)[]
} }
  /** Charges of an account package, latest first */
  getAccountCharges: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; query?: { page?: string | undefined; pageSize?: string | undefined }; reply: {
responseData: (Charge)[]
pagination: Pagination
} }
  /** Component charges of one charge, or of all */
  getChargeDetails: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; query?: { accountChargeId?: string | undefined; billingChargeId?: string | undefined; page?: string | undefined; pageSize?: string | undefined }; reply: {
responseData: (ChargeDetail)[]
pagination: Pagination
} }
  /** Charge an account package for the usage it has */
  chargeAccount: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; body: { effectiveDate: string; logText?: string | undefined }; reply: {
responseData: (ChargedAccount)[]
} }
  /** Pricing plans of an account package, latest first, with their components */
  getAccountPlans: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; reply: {
responseData: (AccountPlan)[]
} }
  /** Active pricing plans that the account package may take */
  getValidPlans: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; query?: { planName?: string | undefined; page?: string | undefined; pageSize?: string | undefined }; reply: {
responseData: (ValidPlan)[]
pagination: Pagination
} }
  /** Bills of a billing package, latest first */
  getBills: { params: { customerId: string; billingPackageId: string }; query?: { page?: string | undefined; pageSize?: string | undefined }; reply: {
responseData: (Bill)[]
pagination: Pagination
} }
  /** Bill a billing package now, apart from the bill runs, or begin its bill */
  saveBill: { params: { customerId: string; billingPackageId: string }; body?: { statusCode?: 'complete' | 'pending' | undefined; billDate?: string | undefined; endDate?: string | undefined; logText?: string | undefined }; reply: {
responseData: (BillDetail)[]
} }
  /** A bill with every line and its facts */
  getBill: { params: { customerId: string; billingPackageId: string; billId: string }; reply: {
responseData: (BillDetail)[]
} }
  /** The bill as PDF */
  viewBill: { params: { customerId: string; billingPackageId: string; billId: string }; reply: Blob }
  /** Why the bill asks for another amount than another bill: causes that sum to the difference */
  explainBillDifference: { params: { customerId: string; billingPackageId: string; billId: string; otherBillId: string }; reply: {
responseData: (BillDifference)[]
} }
  /** Where a line comes from: formula, plan version, proration, intervals */
  traceBillLine: { params: { customerId: string; billingPackageId: string; billId: string; lineId: string }; reply: {
responseData: (LineTrace)[]
} }
  /** Bill cycles with their windows */
  getBillCycles: { reply: {
responseData: (BillCycle)[]
} }
  /** Bill runs, latest first */
  getBillRuns: { query?: { statusCode?: 'planning' | 'running' | 'paused' | 'complete' | 'cancelled' | undefined; billCycleCode?: string | undefined; page?: string | undefined; pageSize?: string | undefined }; reply: {
responseData: (BillRun)[]
pagination: Pagination
} }
  /** Bill a window of a cycle */
  startBillRun: { body: { billCycleCode: string; periodEndDate: string; billDate?: string | undefined; modeCode?: 'live' | 'trial' | undefined; logText?: string | undefined }; reply: {
responseData: (BillRun)[]
} }
  /** A bill run and how far it is */
  getBillRun: { params: { billRunId: string }; reply: {
responseData: (BillRun)[]
} }
  /** Pause a bill run after the chunks in work */
  pauseBillRun: { params: { billRunId: string }; body?: { logText?: string | undefined }; reply: {
responseData: (BillRun)[]
} }
  /** Go on with a paused bill run */
  resumeBillRun: { params: { billRunId: string }; body?: { logText?: string | undefined }; reply: {
responseData: (BillRun)[]
} }
  /** End a bill run; bills it made stay */
  cancelBillRun: { params: { billRunId: string }; body?: { logText?: string | undefined }; reply: {
responseData: (BillRun)[]
} }
  /** Work items, most urgent and oldest first */
  getWorkItems: { query?: { statusCode?: 'open' | 'done' | 'cancelled' | undefined; typeCode?: string | undefined; customerId?: string | undefined; billRunId?: string | undefined; page?: string | undefined; pageSize?: string | undefined }; reply: {
responseData: (WorkItem)[]
pagination: Pagination
} }
  /** Close a work item that has been dealt with */
  closeWorkItem: { params: { workItemId: string }; body?: { logText?: string | undefined }; reply: {
responseData: (WorkItem)[]
} }
  /** What needs somebody today, in numbers */
  getHome: { reply: {
responseData: (Home)[]
} }
  /** Everybody who has to do with a customer, the customer itself first */
  getContacts: { params: { customerId: string }; query?: { page?: string | undefined; pageSize?: string | undefined }; reply: {
responseData: (CustomerContact)[]
pagination: Pagination
} }
  /** Record who pays for a billing package, stands surety for it or gets copies of its bills */
  saveContact: { params: { customerId: string }; body: { billingPackageId: string; roleCode: 'payer' | 'guarantor' | 'copy'; firstName?: string | undefined; lastName?: string | undefined; organizationName?: string | undefined; doingBusinessAsName?: string | undefined; languageCode?: 'en' | 'es' | undefined; phoneNumber?: string | undefined; mobileNumber?: string | undefined; emailAddress?: string | undefined; startDate?: string | undefined; endDate?: string | undefined; logText?: string | undefined }; reply: {
responseData: (CustomerContact)[]
} }
  /** A person of a customer: names, numbers and addresses, and what it is to each billing package */
  getContact: { params: { customerId: string; contactId: string }; reply: {
responseData: (CustomerContact)[]
} }
  /** Change a person of a customer, or end what it is to a billing package */
  editContact: { params: { customerId: string; contactId: string }; body?: { firstName?: string | undefined; lastName?: string | undefined; organizationName?: string | undefined; doingBusinessAsName?: string | undefined; languageCode?: 'en' | 'es' | undefined; phoneNumber?: string | undefined; mobileNumber?: string | undefined; emailAddress?: string | undefined; billingPackageId?: string | undefined; endDate?: string | undefined; logText?: string | undefined }; reply: {
responseData: (CustomerContact)[]
} }
  /** Billing packages of a customer with what they owe */
  getBillingPackages: { params: { customerId: string }; reply: {
responseData: (BillingPackage)[]
} }
  /** A billing package: how it is billed, where bills go, what is owed, its account packages */
  getBillingPackage: { params: { customerId: string; billingPackageId: string }; reply: {
responseData: (BillingPackageDetail)[]
} }
  /** Change how a billing package is billed from its next bill on */
  editBillingPackage: { params: { customerId: string; billingPackageId: string }; body?: { billCycleCode?: string | undefined; deliveryMethodCode?: 'paper' | 'email' | 'none' | undefined; copiesNumber?: string | undefined; dueDaysNumber?: string | undefined; languageCode?: 'en' | 'es' | undefined; holdBillsFlag?: string | undefined; logText?: string | undefined }; reply: {
responseData: (BillingPackageDetail)[]
} }
  /** A billing package at a glance: balances, last bill and payment, what comes next */
  getBillingPackageSummary: { params: { customerId: string; billingPackageId: string }; reply: {
responseData: (BillingPackageSummary)[]
} }
  /** Have an account package speak for its billing package: it comes first on its bills */
  setMasterAccount: { params: { customerId: string; billingPackageId: string }; body: { customerAccountId: string; accountPackageId: string; logText?: string | undefined }; reply: {
responseData: (BillingPackageDetail)[]
} }
  /** Alerts of a billing package and of its whole customer, latest first */
  getBillingPackageAlerts: { params: { customerId: string; billingPackageId: string }; query?: { page?: string | undefined; pageSize?: string | undefined }; reply: {
responseData: (BillingAlert)[]
pagination: Pagination
} }
  /** Put an alert on a billing package that nobody must overlook */
  addBillingPackageAlert: { params: { customerId: string; billingPackageId: string }; body: { typeCode: 'life_support' | 'bankruptcy' | 'do_not_cut' | 'legal_hold' | 'note'; text: string; startDate?: string | undefined; endDate?: string | undefined; logText?: string | undefined }; reply: {
responseData: (BillingAlert)[]
} }
  /** Exemptions of the account packages that a billing package is billed for */
  getBillingExemptions: { params: { customerId: string; billingPackageId: string }; query?: { page?: string | undefined; pageSize?: string | undefined }; reply: {
responseData: (BillingExemption)[]
pagination: Pagination
} }
  /** Where the bills of a billing package may go, and where they go */
  getBillingAddresses: { params: { customerId: string; billingPackageId: string }; reply: {
responseData: (BillingAddress)[]
} }
  /** Keep another address of a billing package; bills go there unless told otherwise */
  createBillingAddress: { params: { customerId: string; billingPackageId: string }; body: { mailingName?: string | undefined; addressLine1: string; addressLine2?: string | undefined; city: string; stateCode: string; postalCode: string; countryCode?: string | undefined; currentFlag?: string | undefined; logText?: string | undefined }; reply: {
responseData: (BillingAddress)[]
} }
  /** Correct an address of a billing package, or have bills go there */
  updateBillingAddress: { params: { customerId: string; billingPackageId: string; billingAddressId: string }; body?: { mailingName?: string | undefined; addressLine1?: string | undefined; addressLine2?: string | undefined; city?: string | undefined; stateCode?: string | undefined; postalCode?: string | undefined; countryCode?: string | undefined; currentFlag?: string | undefined; logText?: string | undefined }; reply: {
responseData: (BillingAddress)[]
} }
  /** Whether a bill can be cancelled, why not, and what would go with it */
  validateCancelBill: { params: { customerId: string; billingPackageId: string; billId: string }; query?: { cancelDate?: string | undefined }; reply: {
responseData: (ValidCancelBill)[]
} }
  /** Cancel the latest bill of a billing package, with its charges */
  cancelBill: { params: { customerId: string; billingPackageId: string; billId: string }; body: { cancelDate?: string | undefined; logText: string }; reply: {
responseData: (BillDetail)[]
} }
  /** What was and will be done to collect what a bill asked for */
  getBillCollectionSteps: { params: { customerId: string; billingPackageId: string; billId: string }; query?: { page?: string | undefined; pageSize?: string | undefined }; reply: {
responseData: (CollectionStep)[]
pagination: Pagination
} }
  /** Collection steps by customer, kind, status, path or day: the work list of collectors */
  searchCollectionSteps: { body?: { customerId?: string | undefined; billingPackageId?: string | undefined; collectionAssignmentId?: string | undefined; typeCode?: 'reminder' | 'notice' | 'call' | 'arrangement_offer' | 'disconnect_notice' | 'cut' | 'final_bill' | 'agency_referral' | 'write_off' | 'credit_rating' | 'fee' | undefined; statusCode?: 'pending' | 'complete' | 'cancelled' | undefined; pathCode?: string | undefined; debtClassCode?: string | undefined; dueDateFrom?: string | undefined; dueDateTo?: string | undefined; doneDateFrom?: string | undefined; doneDateTo?: string | undefined; waitingFlag?: string | undefined; page?: string | undefined; pageSize?: string | undefined }; reply: {
responseData: (CollectionStep)[]
pagination: Pagination
} }
  /** Payments of a customer, latest first */
  getPayments: { params: { customerId: string }; query?: { billingPackageId?: string | undefined; statusCode?: 'incomplete' | 'error' | 'freezable' | 'frozen' | 'cancelled' | undefined; page?: string | undefined; pageSize?: string | undefined }; reply: {
responseData: (Payment)[]
pagination: Pagination
} }
  /** A payment with its tenders, what each account package got, and what else the money paid */
  getPaymentDetails: { body: { paymentId: string }; reply: {
responseData: (PaymentDetail)[]
} }
  /** The debts that a payment pays, and how much of each */
  getPaymentDirectionDetails: { body: { paymentId: string; page?: string | undefined; pageSize?: string | undefined }; reply: {
responseData: (PaymentDirection)[]
pagination: Pagination
} }
  /** Notes about a payment and what was done to it, latest first */
  getPaymentLogDetails: { body: { paymentId: string; page?: string | undefined; pageSize?: string | undefined }; reply: {
responseData: (PaymentLog)[]
pagination: Pagination
} }
  /** Payments by number, date, amount, status, source, tender or reference */
  searchPayments: { body?: { customerId?: string | undefined; billingPackageId?: string | undefined; paymentId?: string | undefined; statusCode?: 'incomplete' | 'error' | 'freezable' | 'frozen' | 'cancelled' | undefined; sourceCode?: 'counter' | 'lockbox' | 'remittance' | 'card' | 'transfer' | 'autopay' | 'web' | 'phone' | 'agency' | undefined; tenderTypeCode?: 'cash' | 'check' | 'money_order' | 'ach' | 'card' | 'wire' | 'remittance' | 'other' | undefined; referenceNumber?: string | undefined; paymentDateFrom?: string | undefined; paymentDateTo?: string | undefined; amountFrom?: string | undefined; amountTo?: string | undefined; unappliedFlag?: string | undefined; page?: string | undefined; pageSize?: string | undefined }; reply: {
responseData: (Payment)[]
pagination: Pagination
} }
  /** A payment that is to be drawn from a payment method, and what became of it */
  getPaymentRequest: { params: { customerId: string; paymentRequestId: string }; reply: {
responseData: (PaymentRequest)[]
} }
  /** Move a payment, or a part of it, to another billing package */
  transferPayment: { params: { paymentId: string }; body: { customerId: string; billingPackageId: string; customerAccountId?: string | undefined; accountPackageId?: string | undefined; amount?: string | undefined; transferDate?: string | undefined; logText: string }; reply: {
responseData: (TransferredPayment)[]
} }
  /** Write a note about a payment into the contact log */
  savePaymentLog: { params: { paymentId: string }; body: { logText: string; typeCode?: 'note' | 'call' | 'letter' | undefined }; reply: {
responseData: ({
paymentId: string
/** 8-7 digits, as printed */
paymentNumber: string
logId: string
logDate: string
})[]
} }
  /** Cancel the money of a payment: what it paid is owed again */
  cancelPayment: { params: { paymentId: string }; body: { tenderId?: string | undefined; cancelDate?: string | undefined; returnCode?: string | undefined; logText: string }; reply: {
responseData: (CancelledPayment)[]
} }
  /** Take one payment: money at the counter, or drawn from a payment method */
  payOneTime: { params: { customerId: string }; body: { billingPackageId: string; amount: string; paymentMethodId?: string | undefined; tenderTypeCode?: 'cash' | 'check' | 'money_order' | 'ach' | 'card' | 'wire' | 'remittance' | 'other' | undefined; referenceNumber?: string | undefined; sourceCode?: 'counter' | 'lockbox' | 'remittance' | 'card' | 'transfer' | 'autopay' | 'web' | 'phone' | 'agency' | undefined; paymentDate?: string | undefined; billId?: string | undefined; allowDuplicateFlag?: string | undefined; logText?: string | undefined }; reply: {
responseData: (OneTimePayment)[]
} }
  /** Cards and bank accounts of a customer, the default first */
  getPaymentMethods: { params: { customerId: string }; reply: {
responseData: (PaymentMethod)[]
} }
  /** Keep a card or bank account that a gateway has tokenised */
  createPaymentMethod: { params: { customerId: string }; body: { typeCode: 'card' | 'bank'; token: string; lastFourDigits: string; holderName: string; gatewayCode?: string | undefined; brandDescription?: string | undefined; expirationDate?: string | undefined; routingNumber?: string | undefined; accountTypeCode?: 'checking' | 'savings' | undefined; nickname?: string | undefined; defaultFlag?: string | undefined; logText?: string | undefined }; reply: {
responseData: (PaymentMethodDetail)[]
} }
  /** A card or bank account with the autopays and waiting payments that use it */
  getPaymentMethod: { params: { customerId: string; paymentMethodId: string }; reply: {
responseData: (PaymentMethodDetail)[]
} }
  /** End the use of a card or bank account */
  endPaymentMethod: { params: { customerId: string; paymentMethodId: string }; body?: { stopUsesFlag?: string | undefined; logText?: string | undefined }; reply: {
responseData: (PaymentMethodDetail)[]
} }
  /** Budgets, deposits, payment contracts and extensions of an account package, newest first */
  listContracts: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; query?: { typeCode?: 'budget' | 'deposit' | 'arrangement' | 'promise' | undefined; activeIndicator?: string | undefined; page?: string | undefined; pageSize?: string | undefined }; reply: {
responseData: (Contract)[]
pagination: Pagination
} }
  /** What a contract asks for, part by part, and what of it is paid */
  getContractSchedules: { params: { customerId: string; customerAccountId: string; accountPackageId: string; contractId: string }; query?: { page?: string | undefined; pageSize?: string | undefined }; reply: {
responseData: (ContractSchedule)[]
pagination: Pagination
} }
  /** What was done to a contract, and what it asked for and put off */
  getContractActivity: { params: { customerId: string; customerAccountId: string; accountPackageId: string; contractId: string }; query?: { page?: string | undefined; pageSize?: string | undefined }; reply: {
responseData: (ContractActivity)[]
pagination: Pagination
} }
  /** What ending a contract today would ask for, cancel and give back */
  validateEndContract: { params: { customerId: string; customerAccountId: string; accountPackageId: string; contractId: string }; reply: {
responseData: (ContractEndTerms)[]
} }
  /** End a contract before its time */
  endContract: { params: { customerId: string; customerAccountId: string; accountPackageId: string; contractId: string }; body?: { endDate?: string | undefined; dueDate?: string | undefined; reasonDescription?: string | undefined; logText?: string | undefined }; reply: {
responseData: (Contract)[]
} }
  /** Change the schedule or the amount of an active contract */
  modifyContract: { params: { customerId: string; customerAccountId: string; accountPackageId: string; contractId: string }; body?: { contractAmount?: string | undefined; schedulesNumber?: string | undefined; scheduleAmount?: string | undefined; schedules?: ({
/** 1 to 2 digits */
sequence: string | number | boolean
/** a decimal number, at most 10 digits and 2 decimal places */
amount: string | number | boolean
/** empty: with a bill; a payment extension needs it */
date?: string | number | boolean
})[] | undefined; note?: string | undefined; logText?: string | undefined }; reply: {
responseData: (Contract)[]
} }
  /** Stop asking for what is not paid of a deposit */
  cancelDepositArrears: { params: { customerId: string; customerAccountId: string; accountPackageId: string; contractId: string }; body?: { reasonDescription?: string | undefined; logText?: string | undefined }; reply: {
responseData: (CancelledArrears)[]
} }
  /** What an account may pay in instalments and how, or why not */
  validatePaymentContract: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; query?: { contractAmount?: string | undefined; downPaymentAmount?: string | undefined; downPaymentDate?: string | undefined; schedulesNumber?: string | undefined; scheduleAmount?: string | undefined }; reply: {
responseData: (PaymentContractTerms)[]
} }
  /** Let an account pay what it owes in instalments on its bills */
  createPaymentContract: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; body?: { contractAmount?: string | undefined; downPaymentAmount?: string | undefined; downPaymentDate?: string | undefined; schedulesNumber?: string | undefined; scheduleAmount?: string | undefined; schedules?: ({
/** 1 to 2 digits */
sequence: string | number | boolean
/** a decimal number, at most 10 digits and 2 decimal places */
amount: string | number | boolean
/** empty: with a bill; a payment extension needs it */
date?: string | number | boolean
})[] | undefined; requestedByName?: string | undefined; note?: string | undefined; logText?: string | undefined }; reply: {
responseData: (Contract)[]
} }
  /** Ask an account for a deposit, or note what secures it without cash */
  createDepositContract: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; body: { contractAmount?: string | undefined; typeCode?: 'cash' | 'guarantor' | 'letter_of_credit' | 'surety_bond' | undefined; reasonCode: 'new_service' | 'credit' | 'disconnected' | 'bankruptcy' | 'other'; schedulesNumber?: string | undefined; dueDate?: string | undefined; guarantorCustomerId?: string | undefined; evidenceDescription?: string | undefined; validUntilDate?: string | undefined; requestedByName?: string | undefined; note?: string | undefined; logText?: string | undefined }; reply: {
responseData: (Contract)[]
} }
  /** The budget of an account package, how it goes, and what a new one would be */
  getBudgetContract: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; reply: {
responseData: (Budget)[]
} }
  /** Let each bill ask for the same amount whatever it charges */
  addBudgetContract: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; body?: { contractAmount?: string | undefined; trueUpCode?: 'roll' | 'settle' | undefined; billingPackageIndicator?: string | undefined; requestedByName?: string | undefined; note?: string | undefined; logText?: string | undefined }; reply: {
responseData: (Contract)[]
} }
  /** What an account may promise to pay later and how, or why not */
  getPayExtension: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; reply: {
responseData: (PayExtensionTerms)[]
} }
  /** Take the promise of an account to pay by some days */
  createPayExtension: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; body: { requestedByName: string; extensionAmount: string; note: string; schedules: ({
/** 1 to 2 digits */
sequence: string | number | boolean
/** a decimal number, at most 10 digits and 2 decimal places */
amount: string | number | boolean
/** YYYY-MM-DD */
date: string | number | boolean
})[] }; reply: {
responseData: (PayExtensionKey)[]
} }
  /** Payment extensions of an account, newest first */
  listPaymentExtensions: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; query?: { page?: string | undefined; pageSize?: string | undefined }; reply: {
responseData: (PaymentExtension)[]
pagination: Pagination
} }
  /** Drop a payment extension, so that its debt is collected again */
  cancelPaymentExtension: { params: { customerId: string; customerAccountId: string; accountPackageId: string; paymentExtensionId: string }; body: { logText: string }; reply: {
responseData: (CancelledExtension)[]
} }
  /** Debit or credit an account against a ledger account */
  createMiscAdjustment: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; body: { chargeDate?: string | undefined; subTypeDescription?: string | undefined; logText?: string | undefined; chargeAmount: string; generalLedgerDescription?: string | undefined; governingAgencyId?: string | undefined; generalLedgerId?: string | undefined; ledgerAccountId?: string | undefined }; reply: {
responseData: (AdjustmentMade)[]
} }
  /** Fees, corrections and transfers of an account, latest first */
  listAdjustments: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; query?: { statusCode?: 'incomplete' | 'error' | 'freezable' | 'pending_approval' | 'frozen' | 'cancelled' | 'deleted' | undefined; page?: string | undefined; pageSize?: string | undefined }; reply: {
responseData: (Adjustment)[]
pagination: Pagination
} }
  /** Fees that an account may be charged */
  getEligibleFees: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; reply: {
responseData: (EligibleFee)[]
} }
  /** Charge an account a fee */
  chargeFee: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; body: { feeDescription: string; feeAmount?: string | undefined; logNote?: string | undefined }; reply: {
responseData: (FeeCharged)[]
} }
  /** Approve and post an adjustment that somebody else made */
  approveAdjustment: { params: { customerId: string; customerAccountId: string; accountPackageId: string; adjustmentId: string }; body?: { logText?: string | undefined }; reply: {
responseData: (Adjustment)[]
} }
  /** Send an adjustment that waits for approval back to who made it */
  rejectAdjustment: { params: { customerId: string; customerAccountId: string; accountPackageId: string; adjustmentId: string }; body: { reasonDescription: string; logText?: string | undefined }; reply: {
responseData: (Adjustment)[]
} }
  /** Take back a posted fee, correction or transfer */
  cancelAdjustment: { params: { customerId: string; customerAccountId: string; accountPackageId: string; adjustmentId: string }; body: { reasonDescription: string; logText?: string | undefined }; reply: {
responseData: (Adjustment)[]
} }
  /** How much debt and credit of an account can move to another */
  validateTransferCharges: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; reply: {
responseData: (TransferTerms)[]
} }
  /** Move debt or credit of an account to another account */
  transferBalance: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; body: { transferAmount: string; transferCustomerId: string; transferCustomerAccountId: string; transferAccountPackageId: string; logText?: string | undefined }; reply: {
responseData: (Transferred)[]
} }
  /** Let the credits of a billing package pay what its accounts owe */
  applyCredits: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; body: { effectiveDate: string; logText?: string | undefined }; reply: {
responseData: (CreditApplied)[]
} }
  /** What was written off of the debt of an account, dismissed write-offs too */
  listWriteOffs: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; reply: {
responseData: (WriteOff)[]
} }
  /** Write off what an account owes that has no service any more */
  writeOffAccount: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; body: { writeOffDate: string; logNote?: string | undefined }; reply: {
responseData: (WriteOff)[]
} }
  /** Bring back what was written off of an account */
  dismissWriteOff: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; body: { dismissalDate: string; logText?: string | undefined; reasonDescription?: string | undefined }; reply: {
responseData: (WriteOff)[]
} }
  /** Bankruptcies of the billing package of an account, closed ones too */
  listBankruptcies: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; reply: {
responseData: (Bankruptcy)[]
} }
  /** File a bankruptcy, so that what was owed before it is no longer asked for */
  fileBankruptcy: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; body: { caseNumber: string; chapterCode: '7' | '11' | '12' | '13'; evidenceDescription: string; filedDate: string; logText?: string | undefined }; reply: {
responseData: (Bankruptcy)[]
} }
  /** Dismiss a bankruptcy, so that its debt is asked for again */
  dismissBankruptcy: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; body: { dismissalDate: string; logText?: string | undefined }; reply: {
responseData: (Bankruptcy)[]
} }
  /** Discharge a bankruptcy, so that its debt is no longer owed */
  dischargeBankruptcy: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; body: { dischargeDate: string; logText?: string | undefined }; reply: {
responseData: (Bankruptcy)[]
} }
  /** Let the deposits held for an account pay what is owed, and give back the rest */
  applyDeposits: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; body: { logText?: string | undefined; refundDescription: 'Credit to account' | 'Refund by check' }; reply: {
responseData: (DepositApplied)[]
} }
  /** Cancel charges of an account, all or none */
  cancelCharges: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; body: { doNotSendInvoiceIndicator?: string | undefined; cancelUsageIndicator?: string | undefined; charges: ({
/** 1 to 5 digits */
accountChargeId: string | number | boolean
/** 1 to 7 digits */
billingChargeId: string | number | boolean
})[]; logNote?: string | undefined }; reply: {
responseData: (CancelledCharge)[]
} }
  /** Cancel one charge of an account */
  cancelCharge: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; body: { accountChargeId: string; billingChargeId: string; logText?: string | undefined }; reply: {
responseData: (CancelledCharge)[]
} }
  /** Roles of the client */
  getRoles: { query?: { page?: string | undefined; pageSize?: string | undefined }; reply: {
responseData: (Role)[]
pagination: Pagination
} }
  /** Add a role out of permissions that the caller holds */
  addRole: { body: { roleCode: string; roleName: string; roleDescription?: string | undefined; permissions?: (string | number | boolean)[] | undefined; logText?: string | undefined }; reply: {
responseData: (RoleDetails)[]
} }
  /** A role with what it holds and who has it */
  getRole: { params: { roleId: string }; reply: {
responseData: (RoleDetails)[]
} }
  /** Rename a role, or say anew what it holds */
  updateRole: { params: { roleId: string }; body?: { roleName?: string | undefined; roleDescription?: string | undefined; permissions?: (string | number | boolean)[] | undefined; logText?: string | undefined }; reply: {
responseData: (RoleDetails)[]
} }
  /** Delete a role that nobody has */
  deleteRole: { params: { roleId: string }; reply: {
responseData: (Role)[]
} }
  /** Give permissions to a role and take others from it */
  assignPermissionsToRole: { params: { roleId: string }; body?: { assignPermissions?: (string | number | boolean)[] | undefined; removePermissions?: (string | number | boolean)[] | undefined; logText?: string | undefined }; reply: {
responseData: (RoleDetails)[]
} }
  /** Add a role to any client */
  operatorAddRole: { body: { roleCode: string; roleName: string; roleDescription?: string | undefined; permissions?: (string | number | boolean)[] | undefined; logText?: string | undefined; clientName: string }; reply: {
responseData: (RoleDetails)[]
} }
  /** Change a role of any client */
  operatorUpdateRole: { params: { roleId: string }; body: { roleName?: string | undefined; roleDescription?: string | undefined; permissions?: (string | number | boolean)[] | undefined; logText?: string | undefined; clientName: string }; reply: {
responseData: (RoleDetails)[]
} }
  /** Users of the client by name, status, role or permission */
  searchUsers: { body?: { userName?: string | undefined; displayName?: string | undefined; emailAddress?: string | undefined; statusCode?: 'active' | 'locked' | 'disabled' | undefined; roleId?: string | undefined; permissionCode?: string | undefined; page?: string | undefined; pageSize?: string | undefined }; reply: {
responseData: (User)[]
pagination: Pagination
} }
  /** A user with roles, permissions, sessions and password links */
  getUserDetails: { params: { userId: string }; reply: {
responseData: (UserDetails)[]
} }
  /** Change, lock out or unlock a user of the own client */
  updateUser: { params: { userId: string }; body?: { displayName?: string | undefined; emailAddress?: string | undefined; languageCode?: 'en' | 'es' | undefined; statusCode?: 'active' | 'disabled' | undefined; roleIds?: (string | number | boolean)[] | undefined; logText?: string | undefined }; reply: {
responseData: (UserDetails)[]
} }
  /** Every permission with whether a user has it, and why */
  getUserPermissions: { params: { userId: string }; query?: { page?: string | undefined; pageSize?: string | undefined }; reply: {
responseData: (UserPermission)[]
pagination: Pagination
} }
  /** Give or deny a user single permissions whatever the roles say */
  overrideUserPermissions: { params: { userId: string }; body: { permissions: ({
/** 1 to 100 characters */
permissionCode: string | number | boolean
/** one of granted, denied, none */
overrideCode: 'granted' | 'denied' | 'none'
})[]; logText?: string | undefined }; reply: {
responseData: (UserDetails)[]
} }
  /** Add a user to the own client */
  addUser: { body: { userName: string; displayName: string; emailAddress: string; languageCode?: 'en' | 'es' | undefined; password?: string | undefined; roleIds?: (string | number | boolean)[] | undefined; logText?: string | undefined }; reply: {
responseData: (UserDetails)[]
} }
  /** Give a user further roles */
  assignRoleToUser: { params: { userId: string }; body: { roleIds: (string | number | boolean)[]; logText?: string | undefined }; reply: {
responseData: (UserDetails)[]
} }
  /** Take a role from a user */
  removeUserFromRole: { params: { roleId: string; userId: string }; body?: { logText?: string | undefined }; reply: {
responseData: (UserDetails)[]
} }
  /** Mail a user a link to choose a new password, good for one use */
  resetUserPassword: { params: { userId: string }; body?: { logText?: string | undefined }; reply: {
responseData: (PasswordReset)[]
} }
  /** Sign a user out everywhere */
  endUserSessions: { params: { userId: string }; body?: { logText?: string | undefined }; reply: {
responseData: ({
userId: string
sessionsEnded: string
})[]
} }
  /** Add a user to any client */
  operatorAddUser: { body: { userName: string; displayName: string; emailAddress: string; languageCode?: 'en' | 'es' | undefined; password?: string | undefined; roleIds?: (string | number | boolean)[] | undefined; logText?: string | undefined; clientName: string }; reply: {
responseData: (UserDetails)[]
} }
  /** Change, lock out or unlock a user of any client */
  operatorUpdateUser: { params: { userId: string }; body: { displayName?: string | undefined; emailAddress?: string | undefined; languageCode?: 'en' | 'es' | undefined; statusCode?: 'active' | 'disabled' | undefined; roleIds?: (string | number | boolean)[] | undefined; logText?: string | undefined; clientName: string }; reply: {
responseData: (UserDetails)[]
} }
  /** Permissions that roles can hold, and who has them */
  getPermissions: { query?: { page?: string | undefined; pageSize?: string | undefined }; reply: {
responseData: (Permission)[]
pagination: Pagination
} }
  /** Let roles hold a registered permission */
  createPermission: { body: { permissionCode: string; permissionName?: string | undefined; permissionDescription?: string | undefined; statusCode?: 'active' | 'inactive' | undefined; logText?: string | undefined }; reply: {
responseData: (InstallationPermission)[]
} }
  /** Every permission that an operation asks for, with its operations */
  getRegisteredPermissions: { query?: { page?: string | undefined; pageSize?: string | undefined }; reply: {
responseData: (RegisteredPermission)[]
pagination: Pagination
} }
  /** Permissions over all clients of the installation */
  operatorGetPermissions: { query?: { page?: string | undefined; pageSize?: string | undefined }; reply: {
responseData: (InstallationPermission)[]
pagination: Pagination
} }
  /** Rename a permission, or take it from everybody */
  editPermission: { params: { permissionId: string }; body?: { permissionName?: string | undefined; permissionDescription?: string | undefined; statusCode?: 'active' | 'inactive' | undefined; logText?: string | undefined }; reply: {
responseData: (InstallationPermission)[]
} }
}

export const base = '/enterprise/v3'

export const routes = {
  login: 'POST /login',
  chooseNewPassword: 'POST /login/newPassword',
  clientConfig: 'GET /clientConfig',
  loginWithToken: 'GET /login/token',
  me: 'GET /me',
  logout: 'POST /logout',
  searchCustomers: 'POST /search/customers',
  searchPremises: 'POST /search/premises',
  searchBills: 'POST /search/bills',
  find: 'POST /find',
  getCustomer: 'GET /customers/{customerId}',
  getCustomerSummary: 'GET /customers/{customerId}/summaryInfo',
  getAccount: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}',
  getAccountSummary: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/summaryInfo',
  getAccountOverview: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/overview',
  getAccountMoney: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/money',
  getAccountAttention: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/attention',
  getAccountTimeline: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/timeline',
  getAccountActivity: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/activity',
  saveAccountLog: 'POST /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/logs',
  validateReassignPlan: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/reassignPlan',
  reassignPlan: 'POST /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/reassignPlan',
  updateStartDates: 'PUT /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/startDates',
  endAccountService: 'PUT /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/endservice',
  updateCoolOffPeriod: 'PUT /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/cooloffperiod',
  getAccountExemptions: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/exemptions',
  addAccountExemption: 'POST /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/exemptions',
  endAccountExemptions: 'PATCH /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/endExemptions',
  getMarketDetails: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/marketDetails',
  getMarketDetail: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/marketDetails/{marketDetailId}',
  changeMarketDetail: 'POST /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/marketDetails/{marketDetailId}',
  updateMarketDates: 'PUT /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/marketDetails/{marketDetailId}/dates',
  getAccountUsage: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/usage',
  postUsage: 'POST /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/usages',
  cancelUsage: 'POST /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/usages/{usageId}/cancel',
  getAccountIntervals: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/intervals',
  getPremise: 'GET /premises/{premiseId}',
  changePremise: 'PUT /premises/{premiseId}',
  getAccountCharges: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/charges',
  getChargeDetails: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/chargeDetails',
  chargeAccount: 'PUT /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/charge',
  getAccountPlans: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/pricingplans',
  getValidPlans: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/validPlans',
  getBills: 'GET /customers/{customerId}/billingPackages/{billingPackageId}/bills',
  saveBill: 'POST /customers/{customerId}/billingPackages/{billingPackageId}/bills',
  getBill: 'GET /customers/{customerId}/billingPackages/{billingPackageId}/bills/{billId}',
  viewBill: 'GET /customers/{customerId}/billingPackages/{billingPackageId}/bills/{billId}/view',
  explainBillDifference: 'GET /customers/{customerId}/billingPackages/{billingPackageId}/bills/{billId}/difference/{otherBillId}',
  traceBillLine: 'GET /customers/{customerId}/billingPackages/{billingPackageId}/bills/{billId}/lines/{lineId}/trace',
  getBillCycles: 'GET /billCycles',
  getBillRuns: 'GET /billRuns',
  startBillRun: 'POST /billRuns',
  getBillRun: 'GET /billRuns/{billRunId}',
  pauseBillRun: 'PUT /billRuns/{billRunId}/pause',
  resumeBillRun: 'PUT /billRuns/{billRunId}/resume',
  cancelBillRun: 'PUT /billRuns/{billRunId}/cancel',
  getWorkItems: 'GET /workItems',
  closeWorkItem: 'PUT /workItems/{workItemId}/close',
  getHome: 'GET /home',
  getContacts: 'GET /customers/{customerId}/contacts',
  saveContact: 'POST /customers/{customerId}/contacts',
  getContact: 'GET /customers/{customerId}/contacts/{contactId}',
  editContact: 'PUT /customers/{customerId}/contacts/{contactId}',
  getBillingPackages: 'GET /customers/{customerId}/billingPackages',
  getBillingPackage: 'GET /customers/{customerId}/billingPackages/{billingPackageId}',
  editBillingPackage: 'PUT /customers/{customerId}/billingPackages/{billingPackageId}',
  getBillingPackageSummary: 'GET /customers/{customerId}/billingPackages/{billingPackageId}/summaryInfo',
  setMasterAccount: 'PUT /customers/{customerId}/billingPackages/{billingPackageId}/masterAccount',
  getBillingPackageAlerts: 'GET /customers/{customerId}/billingPackages/{billingPackageId}/alerts',
  addBillingPackageAlert: 'POST /customers/{customerId}/billingPackages/{billingPackageId}/alerts',
  getBillingExemptions: 'GET /customers/{customerId}/billingPackages/{billingPackageId}/exemptions',
  getBillingAddresses: 'GET /customers/{customerId}/billingPackages/{billingPackageId}/addresses',
  createBillingAddress: 'POST /customers/{customerId}/billingPackages/{billingPackageId}/addresses',
  updateBillingAddress: 'PUT /customers/{customerId}/billingPackages/{billingPackageId}/addresses/{billingAddressId}',
  validateCancelBill: 'GET /customers/{customerId}/billingPackages/{billingPackageId}/bills/{billId}/cancel/validate',
  cancelBill: 'POST /customers/{customerId}/billingPackages/{billingPackageId}/bills/{billId}/cancel',
  getBillCollectionSteps: 'GET /customers/{customerId}/billingPackages/{billingPackageId}/bills/{billId}/collectionSteps',
  searchCollectionSteps: 'POST /search/collectionSteps',
  getPayments: 'GET /customers/{customerId}/payments',
  getPaymentDetails: 'POST /payments/details',
  getPaymentDirectionDetails: 'POST /payments/directionDetails',
  getPaymentLogDetails: 'POST /payments/logDetails',
  searchPayments: 'POST /search/payments',
  getPaymentRequest: 'GET /customers/{customerId}/paymentRequests/{paymentRequestId}',
  transferPayment: 'POST /payments/{paymentId}/transfers',
  savePaymentLog: 'POST /payments/{paymentId}/logs',
  cancelPayment: 'POST /payments/{paymentId}/cancel',
  payOneTime: 'POST /customers/{customerId}/payments/oneTime',
  getPaymentMethods: 'GET /customers/{customerId}/paymentMethods',
  createPaymentMethod: 'POST /customers/{customerId}/paymentMethods',
  getPaymentMethod: 'GET /customers/{customerId}/paymentMethods/{paymentMethodId}',
  endPaymentMethod: 'PUT /customers/{customerId}/paymentMethods/{paymentMethodId}/end',
  listContracts: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/contracts',
  getContractSchedules: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/contracts/{contractId}/schedules',
  getContractActivity: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/contracts/{contractId}/activity',
  validateEndContract: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/contracts/{contractId}/end/validate',
  endContract: 'PUT /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/contracts/{contractId}/end',
  modifyContract: 'PUT /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/contracts/{contractId}',
  cancelDepositArrears: 'POST /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/depositContracts/{contractId}/arrears/cancel',
  validatePaymentContract: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/paymentContracts/validate',
  createPaymentContract: 'POST /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/paymentContracts',
  createDepositContract: 'POST /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/depositContracts',
  getBudgetContract: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/budgetContracts',
  addBudgetContract: 'POST /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/budgetContracts',
  getPayExtension: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/payExtensions',
  createPayExtension: 'POST /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/payExtensions',
  listPaymentExtensions: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/paymentExtensions',
  cancelPaymentExtension: 'PUT /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/paymentExtension/{paymentExtensionId}/cancel',
  createMiscAdjustment: 'POST /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/adjustments',
  listAdjustments: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/adjustments',
  getEligibleFees: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/eligibleFees',
  chargeFee: 'POST /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/chargeFees',
  approveAdjustment: 'PUT /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/adjustments/{adjustmentId}/approve',
  rejectAdjustment: 'PUT /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/adjustments/{adjustmentId}/reject',
  cancelAdjustment: 'PUT /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/adjustments/{adjustmentId}/cancel',
  validateTransferCharges: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/transferCharges/validate',
  transferBalance: 'POST /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/transferBalance',
  applyCredits: 'PUT /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/applyCredits',
  listWriteOffs: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/writeoffs',
  writeOffAccount: 'PUT /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/writeoff',
  dismissWriteOff: 'PUT /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/dismissWriteOff',
  listBankruptcies: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/bankruptcies',
  fileBankruptcy: 'POST /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/bankruptcies',
  dismissBankruptcy: 'PUT /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/dismissBankruptcy',
  dischargeBankruptcy: 'PUT /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/dischargeBankruptcy',
  applyDeposits: 'PATCH /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/applyDeposits',
  cancelCharges: 'PUT /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/cancelCharges',
  cancelCharge: 'POST /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/cancel/charge',
  getRoles: 'GET /admin/roles',
  addRole: 'POST /admin/roles',
  getRole: 'GET /admin/roles/{roleId}',
  updateRole: 'PUT /admin/roles/{roleId}',
  deleteRole: 'DELETE /admin/roles/{roleId}',
  assignPermissionsToRole: 'PATCH /admin/roles/{roleId}/permissions',
  operatorAddRole: 'PUT /admin/operator/roles',
  operatorUpdateRole: 'PUT /admin/operator/roles/{roleId}',
  searchUsers: 'POST /admin/users/search',
  getUserDetails: 'GET /admin/users/{userId}',
  updateUser: 'PUT /admin/users/{userId}',
  getUserPermissions: 'GET /admin/users/{userId}/permissions',
  overrideUserPermissions: 'PATCH /admin/users/{userId}/permissions',
  addUser: 'POST /admin/users',
  assignRoleToUser: 'PATCH /admin/users/{userId}/roles',
  removeUserFromRole: 'POST /admin/roles/{roleId}/users/{userId}/remove',
  resetUserPassword: 'PUT /admin/users/{userId}/resetPassword',
  endUserSessions: 'POST /admin/users/{userId}/endSessions',
  operatorAddUser: 'POST /admin/operator/users',
  operatorUpdateUser: 'PUT /admin/operator/users/{userId}',
  getPermissions: 'GET /admin/permissions',
  createPermission: 'POST /admin/permissions',
  getRegisteredPermissions: 'GET /admin/permissions/registered',
  operatorGetPermissions: 'GET /admin/operator/permissions',
  editPermission: 'PATCH /admin/permissions/{permissionId}',
} as const
