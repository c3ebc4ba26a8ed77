import { testNodes } from './test-nodes.ts'

testNodes(4)
