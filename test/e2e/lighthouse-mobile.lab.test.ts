import { testLighthouse } from './lighthouse.ts'

testLighthouse('mobile')
