import { webApplication } from '@billwright/kit/vite'

export default webApplication('/my/')
