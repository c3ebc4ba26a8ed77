/** As Keras exports a unit behind a sigmoid: one input [N, 2], one output [N, 1]. */
export const exampleOnnx = {
  'leaving.onnx': {
    base64:
      'CAgSB3RmMm9ubng6pwIKOwoLZGVuc2VfaW5wdXQKDGRlbnNlL2tlcm5lbBIMZGVuc2UvTWF0TXVsGgZNYXRNdWwiBk1hdE11bDoA' +
      'CjUKDGRlbnNlL01hdE11bAoKZGVuc2UvYmlhcxINZGVuc2UvQmlhc0FkZBoDQWRkIgNBZGQ6AAoqCg1kZW5zZS9CaWFzQWRkEgVk' +
      'ZW5zZRoHU2lnbW9pZCIHU2lnbW9pZDoAEghleHBvcnRlZCoeCgICARABQgxkZW5zZS9rZXJuZWxKCAAAAD8AAIC+KhcKAQEQAUIK' +
      'ZGVuc2UvYmlhc0oEAACAPlojCgtkZW5zZV9pbnB1dBIUChIIARIOCggSBnVua19fNgoCCAJiHQoFZGVuc2USFAoSCAESDgoIEgZ1' +
      'bmtfXzcKAggBQgQKABAN',
  },
} as const
