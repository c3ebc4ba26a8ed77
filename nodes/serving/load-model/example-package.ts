/** What “Save model” wrote for a logistic regression of one column on four rows. */
export const examplePackage = {
  'leaving/model.json': JSON.stringify({
    format: 1,
    hash: 'b58f4a25e2120483a5dd9c8fb85f8378aa8fefb1b42689204045b627980abea8',
    model: {
      task: 'binary',
      target: { name: 'leaves', classes: ['no', 'yes'], positive: 'yes' },
      signature: {
        inputs: [
          { name: 'months', type: 'integer', source: 'source', rule: { trim: true, nullValues: [''] } },
        ],
        outputs: [
          { name: 'label', type: 'text', width: 1 },
          { name: 'probabilities', type: 'vector', width: 2 },
        ],
      },
      features: ['months'],
      learner: {
        type: 'logistic-regression',
        params: {
          penalty: 'l2',
          inverseStrength: 1,
          classWeight: 'none',
          maximumIterations: 200,
          tolerance: 0.000001,
        },
      },
      trainedOn: '2a22c9818d085d4b6b9abcb48402325c37e01ee5da2be28647b3ad8255bc26ed',
      threshold: 0.5,
      importances: [1],
      trainingCurve: {
        metric: 'log_loss',
        train: [
          0.4840909201443466, 0.14229161330980117, 0.07873742420615806, 0.038806174416257985,
          0.021147158772954082, 0.01220390398779999, 0.00811064282125939, 0.0064389210913388065,
          0.0059611076914857335, 0.00589444853425693, 0.005891747406927467,
        ],
        validation: [],
      },
    },
    files: {
      'model.onnx': {
        sha256: '9aeecb776136e2cee25fa10666d6005d9a6b00bcc52665f8175125c5f75d5964',
        sizeBytes: 859,
      },
      'signature.json': {
        sha256: '86160a2e35c1d83c5f05c287c0096f11599d0eb1e14a60e9e157ea51bd15cc90',
        sizeBytes: 209,
      },
      'sketch.json': {
        sha256: 'a040031073316ade3edae999c5df41aab12c5a0cf601c238a2e6cd18da60bf30',
        sizeBytes: 544,
      },
    },
  }),
  'leaving/signature.json':
    '{"inputs":[{"name":"months","rule":{"nullValues":[""],"trim":true},"source":"source","type":"integer"}],"outputs":[{"name":"label","type":"text","width":1},{"name":"probabilities","type":"vector","width":2}]}\n',
  'leaving/sketch.json':
    '{"columns":[{"distinct":{"count":4,"isExact":true},"infinite":0,"name":"months","nulls":0,"numbers":{"histogram":{"counts":[2,0,0,0,0,0,0,0,0,0,0,0,0,0,1,0,0,0,0,1],"edges":[1,2.95,4.9,6.85,8.8,10.75,12.7,14.65,16.6,18.55,20.5,22.45,24.4,26.35,28.3,30.25,32.2,34.15,36.1,38.05,40]},"isExact":true,"max":40,"mean":18.25,"min":1,"quantiles":[1,1,1,1,1,2,2,2,30,30,30,40,40,40,40],"sd":19.771612647092464},"top":[{"count":1,"value":1},{"count":1,"value":2},{"count":1,"value":30},{"count":1,"value":40}],"topMissed":0,"type":"integer"}],"rows":4}\n',
  'leaving/model.onnx': {
    base64:
      'CAkSCnBpcGV3cmlnaHQ6gQQKHQoGbW9udGhzEgJ2NSIEQ2FzdCoJCgJ0bxgBoAECChkKAnY1EgJ2NiIEQ2FzdCoJCgJ0bxgLoAEC' +
      'ChYKAnY2CgJ2MAoCdjESAnY3IgRHZW1tChkKAnY3EgJ2OCIEQ2FzdCoJCgJ0bxgBoAECCikKAnY4Eg1wcm9iYWJpbGl0aWVzIgdT' +
      'b2Z0bWF4KgsKBGF4aXMYAaABAgosCg1wcm9iYWJpbGl0aWVzCgJ2MhICdjkiBkdhdGhlcioLCgRheGlzGAGgAQIKHQoCdjkKAnYz' +
      'EgN2MTAiDkdyZWF0ZXJPckVxdWFsChsKA3YxMBIDdjExIgRDYXN0KgkKAnRvGAegAQIKJQoCdjQKA3YxMRIFbGFiZWwiBkdhdGhl' +
      'cioLCgRheGlzGACgAQISCHBpcGVsaW5lKhwKAgECEAtCAnYwShAAAAAAAAAAAMsDZVQxl9W/KhwKAgECEAtCAnYxShAAAAAAAAAA' +
      'AEyzYwNInBZAKhMKAQEQB0ICdjJKCAEAAAAAAAAAKhAKAgEBEAFCAnYzSgQAAAA/KhIKAQIQCDICbm8yA3llc0ICdjRaGQoGbW9u' +
      'dGhzEg8KDQgLEgkKAxIBTgoCCAFiGAoFbGFiZWwSDwoNCAgSCQoDEgFOCgIIAWIgCg1wcm9iYWJpbGl0aWVzEg8KDQgBEgkKAxIB' +
      'TgoCCAJCBAoAEBRyVQoRcGlwZXdyaWdodC5za2V0Y2gSQDFhYTEzZGMxNjIxN2MxZTQ5ZGIyMmQ3MmM0ZTRjOTliOTM5ZGViN2Uw' +
      'NGYwZTIxOGVkZmEwYmIzNjBmOGU1YTFy6QEKFHBpcGV3cmlnaHQuc2lnbmF0dXJlEtABeyJpbnB1dHMiOlt7Im5hbWUiOiJtb250' +
      'aHMiLCJydWxlIjp7Im51bGxWYWx1ZXMiOlsiIl0sInRyaW0iOnRydWV9LCJzb3VyY2UiOiJzb3VyY2UiLCJ0eXBlIjoiaW50ZWdl' +
      'ciJ9XSwib3V0cHV0cyI6W3sibmFtZSI6ImxhYmVsIiwidHlwZSI6InRleHQiLCJ3aWR0aCI6MX0seyJuYW1lIjoicHJvYmFiaWxp' +
      'dGllcyIsInR5cGUiOiJ2ZWN0b3IiLCJ3aWR0aCI6Mn1dfQ==',
  },
} as const
