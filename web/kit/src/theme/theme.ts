import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

/** Shade 8 stands at 7.6:1 on white. */
const brand: MantineColorsTuple = [
  '#eaf6f4',
  '#d5ebe8',
  '#abd8d2',
  '#7fc4bb',
  '#58b2a7',
  '#3ba498',
  '#278b80',
  '#17716a',
  '#0b5b56',
  '#074541',
]

const dark: MantineColorsTuple = [
  '#e3e8e9',
  '#c5cdcf',
  '#a9b4b7',
  '#8a979b',
  '#5a676b',
  '#3c484c',
  '#2b3639',
  '#182022',
  '#121819',
  '#0c1112',
]

export const theme = createTheme({
  colors: { brand, dark },
  primaryColor: 'brand',
  primaryShade: { light: 8, dark: 8 },
  autoContrast: true,
  cursorType: 'pointer',
  defaultRadius: 'md',
  respectReducedMotion: true,
  fontFamily: "'Inter Variable', ui-sans-serif, system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', Menlo, Consolas, monospace",
  fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  headings: { fontWeight: '650' },
  components: {
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 'lg' } },
    ModalRoot: { defaultProps: { radius: 'lg' } },
    Tooltip: {
      defaultProps: { openDelay: 300, withArrow: true, events: { hover: true, focus: true, touch: false } },
    },
  },
})

/** Text and fill colours that reach 4.5:1 where the component library's own do not. */
export const themeVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-dimmed': '#495057',
    '--mantine-color-error': '#b02525',
    '--mantine-color-placeholder': '#5c636a',
    '--mantine-color-gray-light-color': '#414a52',
    '--mantine-color-orange-light-color': '#8a3b00',
    '--mantine-color-red-light-color': '#a51d1d',
    '--mantine-color-yellow-light-color': '#6b4a00',
    '--mantine-color-green-light-color': '#1e6b2f',
    '--mantine-color-red-filled': '#c22828',
    '--mantine-color-red-text': '#a51d1d',
  },
  dark: {
    '--mantine-color-dimmed': '#c1c2c5',
    '--mantine-color-error': '#ff8787',
    '--mantine-color-placeholder': '#a6a7ab',
    '--mantine-color-red-filled': '#c22828',
    '--mantine-color-red-text': '#ff8787',
    '--mantine-color-brand-text': '#7fc4bb',
    '--mantine-color-anchor': '#7fc4bb',
    '--mantine-color-brand-light-color': '#abd8d2',
    '--mantine-color-brand-outline': '#7fc4bb',
  },
})
