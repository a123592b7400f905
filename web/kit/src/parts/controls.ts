/** The only door to the component library: features never import it themselves. */
export {
  ActionIcon,
  Button,
  Checkbox,
  NativeSelect,
  PasswordInput,
  Popover,
  SegmentedControl,
  Textarea,
  TextInput,
  Tooltip,
  UnstyledButton,
} from '@mantine/core'
