import { cardAsMarkdown } from '../../../nodes/report-pages/model-card/card-as-markdown.ts'
import { cardAsPage } from '../../../nodes/report-pages/model-card/card-as-page.ts'
import { composeCard } from '../../../nodes/report-pages/model-card/compose-card.ts'
import type { Client } from '../../contract/create-client.ts'
import type { ModelCard } from '../../contract/model-card.ts'
import { gatherCard } from './gather-card.ts'

/** The card of a registered model, in all its forms. Throws `artifact.missing`. */
export async function writeCard(client: Client, reference: string): Promise<ModelCard> {
  const card = composeCard(await gatherCard(client, reference))
  return { card, markdown: cardAsMarkdown(card), html: cardAsPage(card) }
}
