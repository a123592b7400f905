import { Card, Chip, Icon, Page, Placeholder, ProblemNotice, useCodeNames } from '@billwright/kit'
import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from '@tanstack/react-router'
import type { Found } from '../../api/client.gen.ts'
import { FOUND_ICONS, foundHref } from '../../app/found.ts'
import { NothingFound } from '../../app/nothing-found.tsx'
import { findQuery } from '../../app/queries.ts'
import { useText } from '../../messages/index.ts'
import styles from './find-page.module.css'

/** All that was found, by kind. The words stand behind the address's `#`, so that no server and no log ever sees them. */
export function FindPage() {
  const text = useText()
  const q = useLocation({ select: ({ hash }) => hash })
  const found = useQuery(findQuery(q, 50))
  const title = q ? text('find.title', { words: q }) : text('find.title.empty')
  return (
    <Page title={title} lead={found.data ? text('find.count', { count: found.data.length }) : undefined}>
      {found.error && (
        <ProblemNotice what={text('find.problem')} error={found.error} retry={() => found.refetch()} />
      )}
      {found.isLoading && <Placeholder height={64} lines={4} />}
      {(found.data?.length === 0 || q.length < 2) && <NothingFound words={q} />}
      {kindsOf(found.data ?? []).map(([kind, results]) => (
        <Card key={kind} title={text(`find.kind.${kind}`)}>
          <ul className={styles.results}>
            {results.map((result) => (
              <Result key={foundHref(result) + result.matchedValue + result.subtitle} found={result} />
            ))}
          </ul>
        </Card>
      ))}
    </Page>
  )
}

function kindsOf(found: Found[]): [Found['kind'], Found[]][] {
  return [...Map.groupBy(found, (each) => each.kind)]
}

function Result({ found }: { found: Found }) {
  const text = useText()
  const nameOf = useCodeNames()
  return (
    <li className={styles.result}>
      <Icon name={FOUND_ICONS[found.kind]} />
      <div>
        <Link to={foundHref(found)}>{found.title}</Link>
        <p>{found.subtitle}</p>
      </div>
      <span className={styles.matched}>
        {text(`find.field.${found.matchedField}`)}: {found.matchedValue}
      </span>
      {found.statusCode && <Chip>{nameOf(`status.account.${found.statusCode}`)}</Chip>}
    </li>
  )
}
