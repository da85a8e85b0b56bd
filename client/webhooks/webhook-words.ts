import { area } from '../messages/languages.ts'

export const webhookWords = area('webhooks')
