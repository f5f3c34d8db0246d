process.stdout.write('nothing stands in yet\n')
