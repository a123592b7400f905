-- Rows that are written in one statement list with the row they belong to, by one module, and never deleted without it: a
-- foreign key only repeats what the writer did a moment before, once for each row. verify finds orphans instead
-- (docs/decisions/0004-detail-rows-without-foreign-keys.md). Keys that a caller's mistake could break stay.

alter table charge_line drop constraint charge_line_customer_id_charge_id_fkey;
alter table charge_part drop constraint charge_part_customer_id_charge_id_fkey;
alter table charge drop constraint charge_customer_id_bill_id_fkey;
alter table charge drop constraint charge_customer_id_usage_id_fkey;
alter table usage_quantity drop constraint usage_quantity_customer_id_usage_id_fkey;
alter table usage_source drop constraint usage_source_customer_id_usage_id_fkey;
alter table bill_routing drop constraint bill_routing_customer_id_bill_id_fkey;
alter table posting drop constraint posting_customer_id_entry_id_fkey;
alter table open_item drop constraint open_item_customer_id_entry_id_fkey;
alter table settlement drop constraint settlement_customer_id_debit_item_id_fkey;
alter table settlement drop constraint settlement_customer_id_credit_item_id_fkey;
alter table tender drop constraint tender_customer_id_event_number_fkey;
alter table payment drop constraint payment_customer_id_entry_id_fkey;
