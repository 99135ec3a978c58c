"""What a fork sets, in the environment: RAVINE_REPOSITORY=… make site"""

import os

# The address of the repository, for "edit" and "report" links and to clone. Empty: no such links.
REPOSITORY = os.environ.get("RAVINE_REPOSITORY", "")
# Where the site will stand. Link previews show a picture only by its full address.
ADDRESS = os.environ.get("RAVINE_ADDRESS", "")
