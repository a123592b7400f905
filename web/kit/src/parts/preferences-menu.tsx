import type { Language } from '../format/day.ts'
import { useKitText } from '../messages/messages.tsx'
import { type Density, setPreference, type ThemeChoice, usePreferences } from '../theme/preferences.ts'
import { SegmentedControl } from './controls.ts'
import styles from './preferences-menu.module.css'

/** Language, theme and density, each remembered on this machine. */
export function PreferenceControls() {
  const text = useKitText()
  const preferences = usePreferences()
  return (
    <div className={styles.controls}>
      <Choice<Language>
        label={text('kit.language')}
        value={preferences.language}
        options={[
          { value: 'en', label: 'English' },
          { value: 'es', label: 'Español' },
        ]}
        onChange={(value) => setPreference('language', value)}
      />
      <Choice<ThemeChoice>
        label={text('kit.theme')}
        value={preferences.theme}
        options={[
          { value: 'light', label: text('kit.theme.light') },
          { value: 'dark', label: text('kit.theme.dark') },
          { value: 'auto', label: text('kit.theme.auto') },
        ]}
        onChange={(value) => setPreference('theme', value)}
      />
      <Choice<Density>
        label={text('kit.density')}
        value={preferences.density}
        options={[
          { value: 'comfortable', label: text('kit.density.comfortable') },
          { value: 'compact', label: text('kit.density.compact') },
        ]}
        onChange={(value) => setPreference('density', value)}
      />
    </div>
  )
}

interface ChoiceProps<Value extends string> {
  label: string
  value: Value
  options: { value: Value; label: string }[]
  onChange: (value: Value) => void
}

function Choice<Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>) {
  return (
    <div>
      <div className={styles.label} aria-hidden="true">
        {label}
      </div>
      <SegmentedControl<Value>
        aria-label={label}
        size="sm"
        fullWidth
        data={options}
        value={value}
        onChange={onChange}
      />
    </div>
  )
}
