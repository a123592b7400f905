import type { Tx } from '../../../platform/db/index.ts'
import type { AgreementKey } from '../agreement.ts'
import type { MarketDetail, MarketDetailKind } from '../market-detail.ts'

export async function selectMarketDetails(tx: Tx, key: AgreementKey): Promise<MarketDetail[]> {
  const rows = await tx
    .selectFrom('market_detail')
    .selectAll()
    .where('customer_id', '=', key.customerId)
    .where('agreement_id', '=', key.agreementId)
    .orderBy('detail_number')
    .execute()
  return rows.map((row) => ({
    customerId: row.customer_id,
    agreementId: row.agreement_id,
    detailNumber: row.detail_number,
    kind: row.kind as MarketDetailKind,
    value: row.value,
    status: row.status as MarketDetail['status'],
    startDate: row.start_date,
    endDate: row.end_date,
  }))
}

export async function insertMarketDetail(tx: Tx, detail: MarketDetail): Promise<void> {
  await tx
    .insertInto('market_detail')
    .values({
      customer_id: detail.customerId,
      agreement_id: detail.agreementId,
      detail_number: detail.detailNumber,
      kind: detail.kind,
      value: detail.value,
      status: detail.status,
      start_date: detail.startDate,
      end_date: detail.endDate,
    })
    .execute()
}

export async function updateMarketDetail(tx: Tx, detail: MarketDetail): Promise<void> {
  await tx
    .updateTable('market_detail')
    .set({ value: detail.value, start_date: detail.startDate, end_date: detail.endDate })
    .where('customer_id', '=', detail.customerId)
    .where('agreement_id', '=', detail.agreementId)
    .where('detail_number', '=', detail.detailNumber)
    .execute()
}
