import { testLighthouse } from './lighthouse.ts'

testLighthouse('desktop')
