import { Icon } from '@billwright/kit'
import styles from './agreement.module.css'

/** Whether two figures are the same, said in words. */
export function Agreement({ agrees, children }: { agrees: boolean; children: string }) {
  return (
    <p className={styles.agreement} data-agrees={agrees} data-testid="agreement">
      <Icon name={agrees ? 'good' : 'warning'} />
      {children}
    </p>
  )
}
