import { jax } from '../contenders/jax';
import { type Call, serve } from '../contenders/serve';

const obey = serve(jax(), (answer) => process.send?.(answer));
process.on('message', (call) => obey(call as Call));
