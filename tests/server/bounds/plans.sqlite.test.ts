import { testPlans } from '../../setup/bounds/plan-test.ts'

testPlans(0.05)
