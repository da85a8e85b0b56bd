import { byId } from '../input.ts'
import { seenInput } from '../records/input.ts'
import { call, readById, reading, router, writing } from '../trpc.ts'
import { createWebhook } from './create.ts'
import { createWebhookInput, replayWebhookInput, updateWebhookInput } from './input.ts'
import { listWebhooks, readWebhook } from './read.ts'
import { replayWebhook } from './replay.ts'
import { rotateWebhook } from './rotate.ts'
import { archiveWebhook, pauseWebhook, resumeWebhook } from './state.ts'
import { tryWebhook } from './try.ts'
import { updateWebhook } from './update.ts'

/** They show a secret. What stops a webhook never waits for a password. */
const telling = { fresh: true, once: true } as const

export const webhooksRouter = router({
  list: reading('webhook.read').query(({ ctx }) => listWebhooks(ctx)),
  get: reading('webhook.read').input(byId).query(readById(readWebhook)),
  create: writing('webhook.write', telling).input(createWebhookInput).mutation(call(createWebhook)),
  update: writing('webhook.write').input(updateWebhookInput).mutation(call(updateWebhook)),
  rotate: writing('webhook.write', telling).input(seenInput).mutation(call(rotateWebhook)),
  pause: writing('webhook.write').input(seenInput).mutation(call(pauseWebhook)),
  resume: writing('webhook.write').input(seenInput).mutation(call(resumeWebhook)),
  archive: writing('webhook.write').input(seenInput).mutation(call(archiveWebhook)),
  replay: writing('webhook.write').input(replayWebhookInput).mutation(call(replayWebhook)),
  test: writing('webhook.write').input(byId).mutation(call(tryWebhook)),
})
