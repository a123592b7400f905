/** What an event says of itself: what happened, and the fields of its payload. */
export interface EventEntry {
  sentence: string
  fields: readonly string[]
}

const ACCOUNT = ['customerId', 'accountNumber']
const BILL = ['customerId', 'billId', 'accountNumber']
const PAYMENT = [...ACCOUNT, 'paymentNumber', 'amountCents', 'payerCustomerId', 'eventNumber']
const REQUEST = [...ACCOUNT, 'requestNumber']
const ADJUSTMENT = ['customerId', 'adjustmentId', 'agreementId', 'accountNumber', 'type', 'amountCents']
const CONTRACT = ['customerId', 'contractNumber', 'accountNumber', 'agreementId']
const DISBURSEMENT = ['customerId', 'disbursementNumber', 'accountNumber', 'amountCents', 'reason']
const AUTOPAY = ['customerId', 'autopayNumber']
const AUTOPAY_TERMS = ['payerCustomerId', 'methodNumber', 'drawRule', 'limitCents']
const GIVEN_BACK = ['heldCents', 'interestCents', 'amountCents', 'reason', 'to']
const FIELD = ['activityId', 'kind', 'cause', 'servicePointId', 'customerId', 'status']
const SEVERANCE = [...ACCOUNT, 'agreementId']
const REQUESTED = ['requestId', 'requestKind']
const SERVICE_REQUEST = [
  ...['requestId', 'kind', 'customerId', 'accountNumber', 'agreementIds', 'startDate', 'stopDate'],
]
const AGENCY = [...ACCOUNT, 'agencyCode', 'amountCents']

const entry = (sentence: string, ...fields: string[]): EventEntry => ({ sentence, fields })

const BILLING: Readonly<Record<string, EventEntry>> = {
  'bill.completed': entry('A bill was completed.', ...BILL, 'amountDueCents', 'dueDate', 'kind'),
  'bill.credited': entry('A credit note took a bill back.', ...BILL, 'amountDueCents', 'dueDate', 'kind'),
  'bill.reopened': entry('A bill that was not sent yet was opened again.', ...BILL, 'reason'),
  'bill.cancelled': entry('A bill was cancelled.', ...BILL, 'reason'),
  'invoice.withdrawn': entry(
    'The charge of an invoice to the utility that bills for us was cancelled.',
    ...['customerId', 'agreementId', 'invoiceNumber', 'chargeId', 'amountCents', 'externalId', 'reason'],
  ),
  'late_fee.charged': entry('A late fee was charged.', ...ACCOUNT, 'feeNumber', 'agreementId', 'amountCents'),
  'adjustment.frozen': entry('An adjustment was posted.', ...ADJUSTMENT),
  'adjustment.cancelled': entry('A posted adjustment was taken back.', ...ADJUSTMENT),
}

const PAYMENTS: Readonly<Record<string, EventEntry>> = {
  'payment.posted': entry(
    'A payment was posted to an account.',
    ...PAYMENT,
    'paymentDate',
    'source',
    'method',
  ),
  'payment.cancelled': entry(
    'A payment was cancelled; `replaced` says that its money went elsewhere.',
    ...PAYMENT,
    'cancelledOn',
    'reason',
    'replaced',
  ),
  'payment.returned': entry(
    'A bank or card network took a payment back.',
    ...PAYMENT,
    ...['returnCode', 'returnedOn', 'reason', 'method', 'reference', 'source', 'externalId', 'creditPoints'],
  ),
  'payment_request.scheduled': entry('A payment was scheduled.', ...REQUEST, 'drawDate', 'amountCents'),
  'payment_request.cancelled': entry(
    'A payment that waited for its day was cancelled.',
    ...REQUEST,
    'reason',
  ),
  'payment_request.declined': entry(
    'A payment could not be taken; `retryOn` is the day of the next attempt, or null.',
    ...REQUEST,
    ...['amountCents', 'code', 'retryOn'],
  ),
  'payment_method.added': entry(
    'A payment method was added.',
    'customerId',
    'methodNumber',
    'kind',
    'lastFour',
  ),
  'payment_method.changed': entry(
    'A payment method was renamed, verified or made the usual one.',
    ...['customerId', 'methodNumber', 'nickname', 'isDefault', 'verification'],
  ),
  'payment_method.retired': entry('A payment method was retired.', 'customerId', 'methodNumber', 'lastFour'),
  'autopay.started': entry('Autopay was set up.', ...AUTOPAY, 'accountNumber', 'startDate', ...AUTOPAY_TERMS),
  'autopay.changed': entry('The terms of autopay changed.', ...AUTOPAY, 'before', ...AUTOPAY_TERMS),
  'autopay.stopped': entry('Autopay ends on a day.', ...AUTOPAY, 'endDate'),
  'autopay.suspended': entry(
    'Autopay rests after returned payments.',
    ...AUTOPAY,
    'accountNumber',
    'returns',
  ),
  'autopay.resumed': entry('Autopay goes on.', ...AUTOPAY),
  'autopay.scheduled': entry('Autopay will draw an amount.', ...REQUEST, 'billId', 'drawDate', 'amountCents'),
  'autopay.held': entry(
    'A bill is above the autopay limit.',
    ...REQUEST,
    'billId',
    'drawDate',
    'amountCents',
  ),
  'disbursement.requested': entry('Money is to be paid out.', ...DISBURSEMENT),
  'disbursement.held': entry('A disbursement was held.', ...DISBURSEMENT),
  'disbursement.released': entry('A held disbursement goes on.', ...DISBURSEMENT),
  'disbursement.paid': entry('A disbursement was paid.', ...DISBURSEMENT),
  'disbursement.stopped': entry('A paid disbursement was stopped.', ...DISBURSEMENT),
  'disbursement.cancelled': entry('A disbursement was cancelled.', ...DISBURSEMENT),
}

const CONTRACTS: Readonly<Record<string, EventEntry>> = {
  'arrangement.started': entry(
    'Debt is paid in instalments with the bills.',
    ...CONTRACT,
    ...['amountCents', 'instalments', 'downPaymentCents'],
  ),
  'arrangement.modified': entry('Instalments changed.', ...CONTRACT, 'restCents', 'instalments', 'note'),
  'arrangement.kept': entry('Every instalment was paid.', ...CONTRACT),
  'arrangement.reopened': entry('A payment of a kept arrangement was taken back.', ...CONTRACT),
  'arrangement.broken': entry('An instalment was missed.', ...CONTRACT, 'amountCents', 'askedCents'),
  'arrangement.cancelled': entry(
    'An arrangement ended before its time.',
    ...CONTRACT,
    ...['reason', 'amountCents', 'askedCents'],
  ),
  'extension.started': entry(
    'Dated payments were promised.',
    ...CONTRACT,
    ...['amountCents', 'payments', 'lastDate', 'requestedBy'],
  ),
  'extension.modified': entry('Promised payments changed.', ...CONTRACT, 'amountCents', 'payments'),
  'extension.kept': entry('Every promised payment came.', ...CONTRACT, 'amountCents'),
  'extension.reopened': entry('A payment of a kept promise was taken back.', ...CONTRACT),
  'extension.broken': entry('A promised payment did not come.', ...CONTRACT, 'amountCents'),
  'extension.cancelled': entry('A promise was ended.', ...CONTRACT, 'reason'),
  'deposit.assessed': entry('A deposit was asked for.', ...CONTRACT, 'amountCents', 'instalments', 'reason'),
  'deposit.secured': entry(
    'Security other than money was given.',
    ...CONTRACT,
    'form',
    'amountCents',
    'evidence',
  ),
  'deposit.reduced': entry(
    'Less of a deposit is asked for.',
    ...CONTRACT,
    'droppedCents',
    'heldCents',
    'reason',
  ),
  'deposit.refunded': entry('A deposit was given back.', ...CONTRACT, ...GIVEN_BACK),
  'deposit.carried': entry(
    'A deposit secures another agreement.',
    ...CONTRACT,
    'fromAgreementId',
    'toAgreementId',
  ),
  'deposit.applied': entry('A deposit paid what was owed.', ...CONTRACT, ...GIVEN_BACK),
  'budget.started': entry(
    'Budget billing started.',
    ...CONTRACT,
    ...['amountCents', 'amounts', 'months', 'trueUp', 'previousNumber'],
  ),
  'budget.modified': entry('Budget amounts changed.', ...CONTRACT, 'amounts', 'without'),
  'budget.ended': entry('Budget billing ended.', ...CONTRACT, 'reason', 'agreementsLeft'),
  'budget.broken': entry('Budget billing was taken away.', ...CONTRACT, 'reason', 'agreementsLeft'),
}

const COLLECTIONS: Readonly<Record<string, EventEntry>> = {
  'collection.started': entry(
    'Overdue debt is collected.',
    ...ACCOUNT,
    'debtClass',
    'pathCode',
    'arrearsCents',
  ),
  'collection.step_done': entry(
    'A step of collections was done; `template` names what the customer is told, or is null.',
    ...ACCOUNT,
    ...['processId', 'debtClass', 'stepNumber', 'kind', 'template', 'facts'],
  ),
  'collection.ended': entry('Collection of a debt ended.', ...ACCOUNT, 'debtClass', 'endReason'),
  'collection.cut_dispatched': entry('A crew was sent to cut.', 'customerId', 'agreementId', 'activityId'),
  'collection.cut_done': entry('Service was cut.', ...SEVERANCE, 'day'),
  'collection.reconnect_ordered': entry(
    'Service is to come back.',
    ...SEVERANCE,
    'activityId',
    'feeAdjustmentId',
  ),
  'collection.reconnected': entry('Service came back.', ...SEVERANCE, 'day'),
  'protection.added': entry(
    'A customer is protected from steps of collections.',
    ...SEVERANCE,
    ...['kind', 'forbids', 'startDate', 'endDate'],
  ),
  'protection.ended': entry('A protection ends.', 'customerId', 'kind', 'endDate'),
  'moratorium.declared': entry(
    'Nobody, or nobody of an area or class, is cut for a time.',
    ...['clientId', 'name', 'kind', 'forbids', 'postalCodes', 'customerClasses', 'startDate', 'endDate'],
  ),
  'credit_rating.fell': entry(
    'A credit rating fell below the line at which a deposit is asked for.',
    ...ACCOUNT,
    ...['score', 'depositBelow', 'kind'],
  ),
  'debt.written_off': entry('Debt was written off.', ...SEVERANCE, 'keptAgreementId', 'amountCents', 'day'),
  'write_off.dismissed': entry(
    'A write-off was taken back.',
    ...['customerId', 'agreementId', 'amountCents', 'paidCents', 'reason', 'day'],
  ),
  'write_off.recovered': entry(
    'Debt that was written off was paid.',
    ...ACCOUNT,
    'amountCents',
    'recoveredOn',
  ),
  'agency.referred': entry('Debt went to a collection agency.', ...AGENCY),
  'agency.recalled': entry('Debt came back from a collection agency.', ...AGENCY),
  'bankruptcy.filed': entry(
    'A bankruptcy was filed.',
    ...ACCOUNT,
    ...['caseNumber', 'chapter', 'filedOn', 'frozenCents'],
  ),
  'bankruptcy.dismissed': entry('A bankruptcy was dismissed.', ...ACCOUNT, 'caseNumber', 'status', 'day'),
  'bankruptcy.discharged': entry(
    'A bankruptcy discharged its debt.',
    ...ACCOUNT,
    'caseNumber',
    'status',
    'day',
  ),
}

const SERVICE: Readonly<Record<string, EventEntry>> = {
  'service_request.submitted': entry(
    'A start, stop, transfer or reinstatement was asked for.',
    ...SERVICE_REQUEST,
  ),
  'service_request.moved': entry('A request goes by other days.', ...SERVICE_REQUEST),
  'service_request.cancelled': entry('A request was cancelled.', ...SERVICE_REQUEST, 'reason'),
  'service_request.failed': entry(
    'A step of a request failed, and those before it were undone.',
    ...SERVICE_REQUEST,
    ...['step', 'code', 'message'],
  ),
  'service.started': entry('Service starts on a day.', ...SEVERANCE, 'startDate', ...REQUESTED),
  'service.stopped': entry(
    'Service stops: by request on `stopDate`, by collections on `endDate`.',
    ...SEVERANCE,
    ...['stopDate', 'endDate', 'cause', ...REQUESTED],
  ),
  'service.transferred': entry('Service has moved to another place.', ...SERVICE_REQUEST),
  'service.reinstated': entry('A stop was taken back.', ...SERVICE_REQUEST),
  'field.requested': entry('Field work was asked for.', ...FIELD.slice(0, -1), 'agreementId'),
  'field.scheduled': entry('Field work has an appointment.', ...FIELD),
  'field.dispatched': entry('A crew was sent.', ...FIELD),
  'field.held': entry('Field work must wait.', ...FIELD),
  'field.released': entry('Field work may go on.', ...FIELD),
  'field.completed': entry(
    'Field work was done.',
    ...FIELD,
    'agreementId',
    'outcome',
    'completedAt',
    'reads',
  ),
  'field.cancelled': entry('Field work was cancelled.', ...FIELD),
}

/** Every type of event by its noun's part of the house; whoever emits a new one adds it here and to docs/guides/events.md. */
export const EVENT_CATALOGUE: Readonly<Record<string, EventEntry>> = {
  ...BILLING,
  ...PAYMENTS,
  ...CONTRACTS,
  ...COLLECTIONS,
  ...SERVICE,
}

/** Every type of event that there is. */
export const EVENT_TYPES: readonly string[] = Object.keys(EVENT_CATALOGUE)
