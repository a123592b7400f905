import '@fontsource-variable/inter/wght.css'
import 'virtual:theme.css'
import './theme/components.css'
import './theme/tokens.css'
