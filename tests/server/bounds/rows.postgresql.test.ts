import '../../setup/as-owner.ts'
import { testRows } from '../../setup/bounds/rows-test.ts'

testRows(0.1)
