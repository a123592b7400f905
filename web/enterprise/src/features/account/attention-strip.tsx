import { Icon } from '@billwright/kit'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Attention } from '../../api/client.gen.ts'
import { type AccountKey, accountPath, billKey } from '../../app/keys.ts'
import { useWords } from '../../app/words.ts'
import { useText } from '../../messages/index.ts'
import { attentionQuery, overviewQuery } from './account-queries.ts'
import styles from './attention-strip.module.css'

/** At most five computed sentences, each with what to do about it. */
export function AttentionStrip({ accountKey }: { accountKey: AccountKey }) {
  const text = useText()
  const words = useWords()
  const { data } = useQuery(attentionQuery(accountKey))
  if (!data?.length) return null
  return (
    <ul className={styles.strip} aria-label={text('account.attention')} data-testid="attention">
      {data.slice(0, 5).map((attention) => (
        <li
          key={attention.code + attention.text.en}
          className={styles.item}
          data-severity={attention.severity}
        >
          <Icon name={attention.severity === 'info' ? 'info' : 'warning'} />
          <span>{words.prose(attention.text)}</span>
          <ActionLink accountKey={accountKey} action={attention.action} />
        </li>
      ))}
    </ul>
  )
}

type Action = Attention['action']

function ActionLink({ accountKey, action }: { accountKey: AccountKey; action: Action }) {
  const text = useText()
  const { data: account } = useQuery(overviewQuery(accountKey))
  if (action.target === 'workItem')
    return (
      <Link to="/work" search={{ item: action.id }}>
        {text('attention.workItem')}
      </Link>
    )
  if (action.target === 'customer')
    return (
      <Link to="/customers/$customerId" params={{ customerId: action.id }}>
        {text('attention.customer')}
      </Link>
    )
  if (action.target === 'bill') {
    const { customerId } = accountPath(accountKey)
    const key = billKey({ customerId, billingPackageId: account?.billingPackageId ?? '1', billId: action.id })
    return (
      <Link to="/bills/$billKey" params={{ billKey: key }}>
        {text('attention.bill')}
      </Link>
    )
  }
  return (
    <Link
      to="/accounts/$accountKey"
      params={{ accountKey }}
      search={{ tab: action.target }}
      resetScroll={false}
    >
      {text(`attention.${action.target}`)}
    </Link>
  )
}
