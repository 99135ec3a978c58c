"""What learners write in lessons: for each lesson a file of tasks, found by the function's name."""
