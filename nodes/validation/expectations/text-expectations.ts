import { z } from 'zod'
import { ofValues } from './expectation-fields.ts'

const likeText = 'Patterns of SQL for a whole text: % is any part of it, _ one character.'
const likePattern = z.string().min(1)
const likeField = {
  like_pattern: likePattern.meta({ title: 'Pattern', description: likeText }),
}
const likeList = z.array(likePattern).min(1).meta({ title: 'Patterns', description: likeText })

/** Expectations about how texts are written. */
export const textExpectations = [
  ofValues('expect_column_values_to_match_like_pattern', 'Values match a LIKE pattern', likeField),
  ofValues('expect_column_values_to_not_match_like_pattern', 'Values do not match a LIKE pattern', likeField),
  ofValues('expect_column_values_to_match_like_pattern_list', 'Values match LIKE patterns', {
    like_pattern_list: likeList,
    match_on: z
      .enum(['any', 'all'])
      .default('any')
      .meta({ title: 'Match', description: 'Whether one pattern has to match, or all.' }),
  }),
  ofValues('expect_column_values_to_not_match_like_pattern_list', 'Values match none of some LIKE patterns', {
    like_pattern_list: likeList,
  }),
  ofValues('expect_column_values_to_match_strftime_format', 'Texts are dates of a format', {
    strftime_format: z.string().min(1).meta({
      title: 'Format',
      description: 'How a date or time is written, such as “%Y-%m-%d” or “%d.%m.%Y %H:%M”.',
    }),
  }),
  ofValues('expect_column_values_to_be_dateutil_parseable', 'Texts are dates or times', {}),
  ofValues('expect_column_values_to_be_json_parseable', 'Texts are JSON', {}),
] as const
