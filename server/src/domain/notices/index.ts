export { accountNumberOf } from './compose.ts'
export { noticeNotSent, noticeObsolete, noticeSent, takeNotices } from './delivery.ts'
export { type EmailBody, emailBody } from './email.ts'
export { NOTICE_EVENTS, tellOfEvents } from './event-notices.ts'
export { letterDocument, takeLetters } from './letter.ts'
export { type Notice, type NoticeKey, type NoticeStatus, noticeSubject, type Telling } from './notice.ts'
export { retryNotice, tellCustomers, withdrawBillNotices } from './operations.ts'
export { savePreference } from './preferences/operations.ts'
export type { Preference } from './preferences/preference.ts'
export {
  countWaiting,
  getNotice,
  noticesOf,
  noticeTemplates,
  noticeTexts,
  preferencesOf,
} from './queries.ts'
export { noticeInvariants } from './store/verify.ts'
export type { Delivery } from './store/webhook.ts'
export { openNotices, saveTemplate, saveText } from './templates/operations.ts'
export type { Category, Channel, FactKind, NoticeTemplate, NoticeText } from './templates/template.ts'
export {
  type Attempt,
  dueEndpoints,
  recordAttempt,
  takeDeliveries,
  testMessage,
} from './webhooks/delivery.ts'
export type { Endpoint, EndpointKey } from './webhooks/endpoint.ts'
export { EVENT_CATALOGUE, EVENT_TYPES } from './webhooks/event-catalogue.ts'
export {
  addEndpoint,
  changeEndpoint,
  deliveriesOf,
  getEndpoint,
  listEndpoints,
  queueDeliveries,
  replayEvents,
  rotateSecret,
} from './webhooks/operations.ts'
export { type Outcome, readRetryAfter } from './webhooks/schedule.ts'
