// Written by tools/generate-client.ts from the OpenAPI document of the door; change the door, not this file.

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
billingPackageBalances: Balances
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
target: 'bill' | 'bills' | 'usage' | 'plan' | 'timeline' | 'workItem' | 'customer'
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

export type Contact = {
typeCode: 'phone' | 'mobile' | 'email'
value: string
mainFlag: 'Y' | 'N'
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

export type Pagination = {
page: string
pageSize: string
totalRecords: string
totalPages: string
}

export type PostedUsage = {
usageId: string
statusCode: string
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
kind: 'bill' | 'charge' | 'payment' | 'usage' | 'contact' | 'plan' | 'agreement' | 'workItem' | 'meter'
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

export type Operations = {
  /** Sign in with user name and password */
  login: { headers: { clientName: string }; body: { userName: string; password: string }; reply: {
responseData: (Login)[]
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
  /** At most five things somebody must know or do */
  getAccountAttention: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; reply: {
responseData: (Attention)[]
} }
  /** Everything that happened, latest first */
  getAccountTimeline: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; query?: { before?: string | undefined; limit?: string | undefined; kinds?: string | undefined }; reply: {
responseData: (TimelineEvent)[]
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
  /** Interval measurements, as measured or summed by hour, day or month */
  getAccountIntervals: { params: { customerId: string; customerAccountId: string; accountPackageId: string }; query: { from: string; to: string; grain?: 'interval' | 'hour' | 'day' | 'month' | undefined }; reply: {
responseData: (Intervals)[]
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
}

export const base = '/enterprise/v3'

export const routes = {
  login: 'POST /login',
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
  getAccountAttention: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/attention',
  getAccountTimeline: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/timeline',
  getAccountUsage: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/usage',
  postUsage: 'POST /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/usages',
  getAccountIntervals: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/intervals',
  getAccountCharges: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/charges',
  getChargeDetails: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/chargeDetails',
  chargeAccount: 'PUT /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/charge',
  getAccountPlans: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/pricingplans',
  getValidPlans: 'GET /customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}/validPlans',
  getBills: 'GET /customers/{customerId}/billingPackages/{billingPackageId}/bills',
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
} as const
